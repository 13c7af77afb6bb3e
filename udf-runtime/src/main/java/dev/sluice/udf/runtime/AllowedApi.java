package dev.sluice.udf.runtime;

import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What of the JDK a function may name. It computes: there are no files, sockets, processes, threads, reflection or
 * class loading, nor anything that all of the JVM shares. Names are internal, with slashes; a nested class goes with
 * its outer one.
 */
final class AllowedApi {
    private AllowedApi() {}

    private static final Set<String> PACKAGES = Set.of(
            "dev/sluice/udf",
            "java/math",
            "java/text",
            "java/time",
            "java/time/chrono",
            "java/time/format",
            "java/time/temporal",
            "java/util",
            "java/util/concurrent/atomic",
            "java/util/function",
            "java/util/regex",
            "java/util/stream");

    /** Packages of which only these classes are allowed. */
    private static final Map<String, Set<String>> CLASSES = Map.ofEntries(
            entry(
                    "java/lang",
                    "Appendable AutoCloseable Boolean Byte CharSequence Character Class Cloneable Comparable Double Enum"
                            + " Float Integer Iterable Long Math Number Object Readable Record Runnable Short"
                            + " StackTraceElement StrictMath String StringBuffer StringBuilder System Throwable Void"),
            entry(
                    "java/io",
                    "BufferedReader ByteArrayInputStream ByteArrayOutputStream Closeable EOFException Flushable"
                            + " IOException InputStream OutputStream Reader Serializable StringReader StringWriter"
                            + " UncheckedIOException Writer"),
            entry(
                    "java/lang/invoke",
                    "CallSite ConstantBootstraps LambdaMetafactory MethodHandle MethodHandles MethodType StringConcatFactory TypeDescriptor"),
            entry("java/lang/constant", "ClassDesc"),
            entry("java/lang/runtime", "ObjectMethods SwitchBootstraps"),
            entry("java/nio", "Buffer ByteBuffer ByteOrder CharBuffer DoubleBuffer FloatBuffer IntBuffer LongBuffer"),
            entry("java/nio/charset", "Charset CharacterCodingException StandardCharsets"),
            entry("java/security", "GeneralSecurityException MessageDigest NoSuchAlgorithmException"),
            entry("java/time/zone", "ZoneOffsetTransition ZoneRules ZoneRulesException"),
            entry("java/util/concurrent", "ConcurrentHashMap ConcurrentMap ThreadLocalRandom"),
            entry(
                    "java/util/zip",
                    "Adler32 CRC32 CRC32C Checksum DataFormatException Deflater GZIPInputStream GZIPOutputStream"
                            + " Inflater InflaterInputStream"));

    private static final Set<String> FORBIDDEN_CLASSES = Set.of(
            "java/util/Formatter", // opens files by name
            "java/util/ListResourceBundle",
            "java/util/PropertyResourceBundle",
            "java/util/ResourceBundle",
            "java/util/Scanner",
            "java/util/ServiceLoader",
            "java/util/Timer",
            "java/util/TimerTask");

    /** Classes of which only these members are allowed. */
    private static final Map<String, Set<String>> MEMBERS = Map.ofEntries(
            entry(
                    "java/lang/Class",
                    "cast desiredAssertionStatus equals getEnumConstants getName getSimpleName hashCode isArray isInstance"
                            + " toString"),
            entry("java/lang/System", "arraycopy currentTimeMillis identityHashCode lineSeparator nanoTime"),
            entry("java/lang/Enum$EnumDesc", "of"),
            entry("java/lang/constant/ClassDesc", "of"),
            entry("java/lang/invoke/ConstantBootstraps", "invoke primitiveClass"),
            entry("java/lang/invoke/MethodHandle", ""),
            entry("java/lang/invoke/MethodHandles", ""),
            entry("java/lang/invoke/MethodHandles$Lookup", ""),
            entry("java/security/MessageDigest", "digest getDigestLength getInstance isEqual reset update"));

    private static final Set<String> FORBIDDEN_MEMBERS = Set.of(
            "java/lang/Boolean.getBoolean",
            "java/lang/Integer.getInteger",
            "java/lang/Long.getLong",
            "java/lang/Object.finalize",
            "java/lang/Object.notify",
            "java/lang/Object.notifyAll",
            "java/lang/Object.wait",
            "java/nio/ByteBuffer.allocateDirect",
            "java/util/Locale.setDefault",
            "java/util/TimeZone.setDefault",
            "java/util/stream/StreamSupport.stream");

    private static final Set<String> BOOTSTRAPS = Set.of(
            "java/lang/Enum$EnumDesc.of",
            "java/lang/constant/ClassDesc.of",
            "java/lang/invoke/ConstantBootstraps.invoke",
            "java/lang/invoke/ConstantBootstraps.primitiveClass",
            "java/lang/invoke/LambdaMetafactory.altMetafactory",
            "java/lang/invoke/LambdaMetafactory.metafactory",
            "java/lang/invoke/StringConcatFactory.makeConcatWithConstants",
            "java/lang/runtime/ObjectMethods.bootstrap",
            "java/lang/runtime/SwitchBootstraps.enumSwitch",
            "java/lang/runtime/SwitchBootstraps.typeSwitch");

    static boolean allowsClass(String name) {
        var slash = name.lastIndexOf('/');
        var inPackage = slash < 0 ? "" : name.substring(0, slash);
        var outermost = name.substring(slash + 1).split("\\$", 2)[0];
        if (FORBIDDEN_CLASSES.contains(inPackage + "/" + outermost)) {
            return false;
        }
        return PACKAGES.contains(inPackage)
                || CLASSES.getOrDefault(inPackage, Set.of()).contains(outermost)
                || (inPackage.equals("java/lang") && (outermost.endsWith("Exception") || outermost.endsWith("Error")));
    }

    static boolean allowsMember(String owner, String name) {
        var allowed = MEMBERS.get(owner);
        return (allowed == null || allowed.contains(name))
                && !FORBIDDEN_MEMBERS.contains(owner + "." + name)
                && !name.startsWith("parallel") // on the JVM's shared pool, where a checkpoint knows no statement
                && !name.equals("printStackTrace");
    }

    static boolean allowsBootstrap(String owner, String name) {
        return BOOTSTRAPS.contains(owner + "." + name);
    }

    private static Map.Entry<String, Set<String>> entry(String key, String words) {
        return Map.entry(key, words.isEmpty() ? Set.of() : Set.copyOf(List.of(words.split(" "))));
    }
}
