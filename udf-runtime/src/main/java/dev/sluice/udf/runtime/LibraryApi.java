package dev.sluice.udf.runtime;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What of the JDK a library may use. It is more than a function's own source may ({@link AllowedApi}), since a library
 * was written without us in mind: threads' locks, URIs, loggers. Still there are no files, sockets, processes, new
 * threads or class loading. Names are internal, with slashes.
 */
final class LibraryApi {
    private LibraryApi() {}

    private static final Set<String> PACKAGES = Set.of(words("""
            java/io java/lang java/lang/annotation java/lang/constant java/lang/invoke java/lang/ref java/lang/reflect
            java/lang/runtime java/math java/net java/nio java/nio/charset java/nio/charset/spi java/nio/file
            java/nio/file/attribute java/nio/channels java/security java/security/cert java/security/interfaces
            java/security/spec java/sql java/text java/time java/time/chrono java/time/format java/time/temporal
            java/time/zone java/util java/util/concurrent java/util/concurrent/atomic java/util/concurrent/locks
            java/util/function java/util/jar java/util/logging java/util/random java/util/regex java/util/stream
            java/util/zip javax/crypto javax/crypto/spec javax/xml javax/xml/namespace org/w3c/dom org/xml/sax
            org/xml/sax/ext org/xml/sax/helpers"""));

    /** Classes that may be named and are handed about, but of which no member may be used. */
    private static final Set<String> CLASSES = Set.of(words("""
            java/io/Console java/io/FileDescriptor java/io/FileInputStream java/io/FileOutputStream java/io/FileReader
            java/io/FileWriter java/io/ObjectInputStream java/io/RandomAccessFile java/lang/ModuleLayer
            java/lang/Process java/lang/ProcessBuilder java/lang/ProcessHandle java/lang/StackWalker
            java/lang/ThreadBuilders java/lang/ThreadGroup java/lang/ref/Cleaner java/net/Authenticator
            java/net/CookieHandler java/net/DatagramPacket java/net/DatagramSocket java/net/HttpURLConnection
            java/net/Inet4Address java/net/Inet6Address java/net/InetAddress java/net/InetSocketAddress
            java/net/JarURLConnection java/net/MulticastSocket java/net/NetworkInterface java/net/ProxySelector
            java/net/ServerSocket java/net/Socket java/net/URLClassLoader java/net/URLConnection
            java/net/URLStreamHandler java/nio/channels/AsynchronousFileChannel
            java/nio/channels/AsynchronousServerSocketChannel java/nio/channels/AsynchronousSocketChannel
            java/nio/channels/DatagramChannel java/nio/channels/FileChannel java/nio/channels/Pipe
            java/nio/channels/Selector java/nio/channels/ServerSocketChannel java/nio/channels/SocketChannel
            java/nio/file/FileSystem java/nio/file/FileSystems java/nio/file/Files java/nio/file/FileStore
            java/nio/file/WatchService java/security/Policy java/security/Provider java/security/Security
            java/sql/DriverManager java/util/ServiceLoader$Provider java/util/Timer java/util/TimerTask
            java/util/concurrent/Executors java/util/concurrent/ForkJoinPool
            java/util/concurrent/ScheduledThreadPoolExecutor java/util/concurrent/StructuredTaskScope
            java/util/concurrent/ThreadPoolExecutor java/util/jar/JarFile java/util/logging/ConsoleHandler
            java/util/logging/FileHandler java/util/logging/LogManager java/util/logging/SocketHandler
            java/util/logging/StreamHandler java/util/zip/ZipFile org/xml/sax/helpers/XMLReaderFactory"""));

    /** Classes of which only these members may be used. */
    private static final Map<String, Set<String>> ONLY = Map.ofEntries(
            only(
                    "java/io/File",
                    "<init> compareTo equals getName getParent getPath hashCode isAbsolute pathSeparator"
                            + " pathSeparatorChar separator separatorChar toString"),
            only("java/lang/ClassLoader", "getResource getResourceAsStream getResources loadClass"),
            only("java/lang/Module", "getName isExported isNamed isOpen"),
            only("java/lang/Runtime", "availableProcessors freeMemory getRuntime maxMemory totalMemory version"),
            only(
                    "java/lang/System",
                    "arraycopy currentTimeMillis getSecurityManager identityHashCode lineSeparator nanoTime"),
            only(
                    "java/lang/Thread",
                    "currentThread getId getName getStackTrace holdsLock interrupted isAlive isDaemon isInterrupted"
                            + " isVirtual onSpinWait threadId yield"),
            only(
                    "java/lang/invoke/MethodHandles$Lookup",
                    "findClass hasFullPrivilegeAccess in lookupClass lookupModes revealDirect"),
            only("java/lang/invoke/LambdaMetafactory", ""),
            only(
                    "java/lang/reflect/AccessibleObject",
                    "getAnnotation getAnnotations getDeclaredAnnotations" + " isAccessible isAnnotationPresent"),
            only(
                    "java/nio/file/Path",
                    "compareTo endsWith equals getFileName getName getNameCount getParent getRoot"
                            + " hashCode isAbsolute iterator normalize of relativize resolve resolveSibling startsWith subpath"
                            + " toString"),
            only("java/util/ServiceLoader", "findFirst forEach iterator reload spliterator stream"));

    private static final Set<String> MEMBERS = Set.of(words("""
            java/lang/Class.getModule java/lang/Class.getProtectionDomain java/lang/Class.getSigners
            java/lang/Object.notify java/lang/Object.notifyAll java/lang/Object.wait
            java/lang/invoke/MethodHandles.classData java/lang/invoke/MethodHandles.classDataAt
            java/lang/invoke/MethodHandles.privateLookupIn java/lang/invoke/MethodHandles.reflectAs
            java/lang/reflect/Field.setBoolean java/lang/reflect/Field.setByte java/lang/reflect/Field.setChar
            java/lang/reflect/Field.setDouble java/lang/reflect/Field.setFloat java/lang/reflect/Field.setInt
            java/lang/reflect/Field.setLong java/lang/reflect/Field.setShort
            java/net/URL.getContent java/net/URL.openConnection java/net/URL.setURLStreamHandlerFactory
            java/nio/ByteBuffer.allocateDirect
            java/util/Locale.setDefault java/util/TimeZone.setDefault
            java/util/concurrent/CompletableFuture.completeOnTimeout
            java/util/concurrent/CompletableFuture.delayedExecutor java/util/concurrent/CompletableFuture.orTimeout
            java/util/concurrent/ForkJoinTask.fork java/util/concurrent/ForkJoinTask.invoke
            java/util/concurrent/ForkJoinTask.invokeAll java/util/concurrent/TimeUnit.sleep
            java/util/concurrent/locks/LockSupport.park java/util/concurrent/locks/LockSupport.parkNanos
            java/util/concurrent/locks/LockSupport.parkUntil
            java/util/logging/Logger.addHandler java/util/logging/Logger.setParent"""));

    /** A first parameter that makes these classes open files. */
    private static final Set<String> OPENS_BY_NAME =
            Set.of("java/io/PrintStream", "java/io/PrintWriter", "java/util/Formatter");

    /**
     * Whether a name is one of Java's standard, and may be looked for in the JDK; libraries bring some of
     * {@code javax}.
     */
    static boolean isStandard(String type) {
        return type.startsWith("java/")
                || type.startsWith("javax/")
                || type.startsWith("org/w3c/dom/")
                || type.startsWith("org/xml/sax/");
    }

    /** Whether a name belongs to the JDK, and is not a library's own. */
    static boolean isPlatform(String type) {
        return isStandard(type) || type.startsWith("jdk/") || type.startsWith("sun/") || type.startsWith("[");
    }

    /** What a use of a class's member would have to be granted; empty where it may be used. */
    static Optional<String> refused(String owner, String name, String descriptor) {
        return allows(owner, name, descriptor)
                ? Optional.empty()
                : Optional.of(owner.replace('/', '.') + (name.equals("<init>") ? "" : "." + name));
    }

    private static boolean allows(String owner, String name, String descriptor) {
        if (owner.startsWith("dev/sluice/")) {
            return false;
        }
        if (!isPlatform(owner) || owner.startsWith("[")) {
            return true;
        }
        var simple = owner.substring(owner.lastIndexOf('/') + 1);
        if (simple.endsWith("Exception") || simple.endsWith("Error")) {
            return true;
        }
        var only = ONLY.get(owner);
        if (only != null) {
            return only.contains(name);
        }
        return PACKAGES.contains(owner.substring(0, owner.lastIndexOf('/')))
                && !CLASSES.contains(outermost(owner))
                && !CLASSES.contains(owner)
                && !owner.startsWith("java/lang/Thread$Builder")
                && !MEMBERS.contains(owner + "." + name)
                && !(owner.equals("java/util/concurrent/CompletableFuture") && name.endsWith("Async"))
                && !name.equals("finalize")
                && !(name.equals("<init>") && opensFile(owner, descriptor));
    }

    private static boolean opensFile(String owner, String descriptor) {
        return descriptor.contains("Ljava/io/File;")
                || descriptor.contains("Ljava/nio/file/Path;")
                || descriptor.contains("Ljava/io/FileDescriptor;")
                || (OPENS_BY_NAME.contains(owner) && descriptor.startsWith("(Ljava/lang/String;"));
    }

    private static String outermost(String owner) {
        var nested = owner.indexOf('$');
        return nested < 0 ? owner : owner.substring(0, nested);
    }

    private static Map.Entry<String, Set<String>> only(String type, String members) {
        return Map.entry(type, members.isEmpty() ? Set.of() : Set.copyOf(List.of(words(members))));
    }

    private static String[] words(String text) {
        return text.strip().split("\\s+");
    }
}
