package dev.sluice.udf.runtime;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.invoke.VarHandle;
import java.lang.reflect.AccessibleObject;
import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Member;
import java.lang.reflect.Method;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Properties;
import java.util.ServiceLoader;
import org.jspecify.annotations.Nullable;

/**
 * What libraries' calls of some methods of the JDK become: the answer that a library can work with, and that shows
 * nothing of the server. Reflection goes where a call in the library's own code may go, no further. The last parameter
 * is the class that calls.
 *
 * <p>Public since rewritten classes call it; no source can name it.
 */
@SuppressWarnings({"unused", "BanClassLoader"}) // called by what LibraryCode writes
public final class LibraryCalls {
    private static final PrintStream NOWHERE =
            new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);

    /** All that there is of the system's properties. */
    private static final Map<String, String> PROPERTIES = Map.of(
            "file.separator", "/",
            "java.specification.version", "25",
            "java.vendor", "",
            "java.version", "25",
            "java.vm.name", "",
            "line.separator", "\n",
            "os.arch", "",
            "os.name", "",
            "path.separator", ":",
            "file.encoding", "UTF-8");

    private LibraryCalls() {}

    /** Stops a library in front of something that it may not use. */
    @SuppressWarnings("DoNotCallSuggester") // rewritten classes call it
    public static void refuse(String name) {
        throw new SecurityException("A package's use of " + name + " is not allowed in a function");
    }

    /** Where System.out and System.err lead. */
    public static PrintStream nowhere() {
        return NOWHERE;
    }

    @Replaces(System.class)
    public static @Nullable String getProperty(String key, Class<?> caller) {
        return PROPERTIES.get(key);
    }

    @Replaces(System.class)
    public static @Nullable String getProperty(String key, @Nullable String otherwise, Class<?> caller) {
        return PROPERTIES.getOrDefault(key, otherwise);
    }

    /** A copy, which nobody else sees. */
    @Replaces(System.class)
    public static Properties getProperties(Class<?> caller) {
        var properties = new Properties();
        properties.putAll(PROPERTIES);
        return properties;
    }

    @Replaces(System.class)
    public static @Nullable String getenv(String name, Class<?> caller) {
        return null;
    }

    @Replaces(System.class)
    public static Map<String, String> getenv(Class<?> caller) {
        return Map.of();
    }

    @Replaces(Boolean.class)
    public static boolean getBoolean(String key, Class<?> caller) {
        return false;
    }

    @Replaces(Integer.class)
    public static @Nullable Integer getInteger(String key, Class<?> caller) {
        return null;
    }

    @Replaces(Integer.class)
    public static Integer getInteger(String key, int otherwise, Class<?> caller) {
        return otherwise;
    }

    @Replaces(Long.class)
    public static Long getLong(String key, long otherwise, Class<?> caller) {
        return otherwise;
    }

    @Replaces(Throwable.class)
    public static void printStackTrace(Throwable thrown, Class<?> caller) {}

    @Replaces(Thread.class)
    public static ClassLoader getContextClassLoader(Thread thread, Class<?> caller) {
        return caller.getClassLoader();
    }

    @Replaces(Thread.class)
    public static void setContextClassLoader(Thread thread, @Nullable ClassLoader loader, Class<?> caller) {}

    @Replaces(ClassLoader.class)
    public static ClassLoader getSystemClassLoader(Class<?> caller) {
        return caller.getClassLoader();
    }

    @Replaces(ClassLoader.class)
    public static @Nullable InputStream getSystemResourceAsStream(String name, Class<?> caller) {
        return caller.getClassLoader().getResourceAsStream(name);
    }

    @Replaces(ClassLoader.class)
    public static @Nullable URL getSystemResource(String name, Class<?> caller) {
        return caller.getClassLoader().getResource(name);
    }

    @Replaces(Class.class)
    public static @Nullable ClassLoader getClassLoader(Class<?> type, Class<?> caller) {
        return CheckedLoader.loaded(type) ? type.getClassLoader() : null;
    }

    @Replaces(Class.class)
    public static @Nullable InputStream getResourceAsStream(Class<?> type, String name, Class<?> caller) {
        return CheckedLoader.loaded(type) ? type.getResourceAsStream(name) : null;
    }

    @Replaces(Class.class)
    public static @Nullable URL getResource(Class<?> type, String name, Class<?> caller) {
        return CheckedLoader.loaded(type) ? type.getResource(name) : null;
    }

    @Replaces(Class.class)
    public static Class<?> forName(String name, Class<?> caller) throws ClassNotFoundException {
        return forName(name, true, caller.getClassLoader(), caller);
    }

    @Replaces(Class.class)
    public static Class<?> forName(String name, boolean initialise, @Nullable ClassLoader loader, Class<?> caller)
            throws ClassNotFoundException {
        if (name.startsWith("dev.sluice.")) {
            throw new ClassNotFoundException(name);
        }
        return Class.forName(name, initialise, loader instanceof CheckedLoader ? loader : caller.getClassLoader());
    }

    @Replaces(Class.class)
    @SuppressWarnings("deprecation") // what it stands for throws the same
    public static Object newInstance(Class<?> type, Class<?> caller)
            throws InstantiationException, IllegalAccessException {
        try {
            return newInstance(type.getDeclaredConstructor(), new Object[0], caller);
        } catch (NoSuchMethodException | InvocationTargetException e) {
            var failure = new InstantiationException(type.getName());
            failure.initCause(e);
            throw failure;
        }
    }

    @Replaces(Constructor.class)
    public static Object newInstance(Constructor<?> constructor, Object @Nullable [] arguments, Class<?> caller)
            throws InstantiationException, IllegalAccessException, InvocationTargetException {
        Reflected.of(constructor).require();
        open(constructor, constructor);
        return constructor.newInstance(arguments);
    }

    @Replaces(Method.class)
    public static @Nullable Object invoke(
            Method method, @Nullable Object target, Object @Nullable [] arguments, Class<?> caller)
            throws IllegalAccessException, InvocationTargetException {
        Reflected.of(method).require();
        open(method, method);
        return method.invoke(target, arguments);
    }

    @Replaces(Field.class)
    public static @Nullable Object get(Field field, @Nullable Object target, Class<?> caller)
            throws IllegalAccessException {
        Reflected.of(field).require();
        open(field, field);
        return field.get(target);
    }

    @Replaces(Field.class)
    public static void set(Field field, @Nullable Object target, @Nullable Object value, Class<?> caller)
            throws IllegalAccessException {
        Reflected.of(field).require();
        open(field, field);
        field.set(target, value);
    }

    /** The caller is this class, so that what is open to the library's own package has to be opened to it. */
    private static void open(AccessibleObject object, Member member) {
        if (CheckedLoader.loaded(member.getDeclaringClass())) {
            object.trySetAccessible();
        }
    }

    @Replaces(AccessibleObject.class)
    public static void setAccessible(AccessibleObject object, boolean accessible, Class<?> caller) {
        if (!(object instanceof Member member) || !CheckedLoader.loaded(member.getDeclaringClass())) {
            throw new SecurityException("A package may open its own members only, not " + object);
        }
        object.setAccessible(accessible);
    }

    @Replaces(AccessibleObject.class)
    public static boolean trySetAccessible(AccessibleObject object, Class<?> caller) {
        return object instanceof Member member
                && CheckedLoader.loaded(member.getDeclaringClass())
                && object.trySetAccessible();
    }

    @Replaces(MethodHandles.Lookup.class)
    public static MethodHandle findStatic(
            MethodHandles.Lookup lookup, Class<?> owner, String name, MethodType type, Class<?> caller)
            throws NoSuchMethodException, IllegalAccessException {
        new Reflected(owner, name, type.toMethodDescriptorString()).require();
        return lookup.findStatic(owner, name, type);
    }

    @Replaces(MethodHandles.Lookup.class)
    public static MethodHandle findVirtual(
            MethodHandles.Lookup lookup, Class<?> owner, String name, MethodType type, Class<?> caller)
            throws NoSuchMethodException, IllegalAccessException {
        new Reflected(owner, name, type.toMethodDescriptorString()).require();
        return lookup.findVirtual(owner, name, type);
    }

    @Replaces(MethodHandles.Lookup.class)
    public static MethodHandle findConstructor(
            MethodHandles.Lookup lookup, Class<?> owner, MethodType type, Class<?> caller)
            throws NoSuchMethodException, IllegalAccessException {
        new Reflected(owner, "<init>", type.toMethodDescriptorString()).require();
        return lookup.findConstructor(owner, type);
    }

    @Replaces(MethodHandles.Lookup.class)
    public static VarHandle findVarHandle(
            MethodHandles.Lookup lookup, Class<?> owner, String name, Class<?> type, Class<?> caller)
            throws NoSuchFieldException, IllegalAccessException {
        new Reflected(owner, name, type.descriptorString()).require();
        return lookup.findVarHandle(owner, name, type);
    }

    @Replaces(MethodHandles.Lookup.class)
    public static VarHandle findStaticVarHandle(
            MethodHandles.Lookup lookup, Class<?> owner, String name, Class<?> type, Class<?> caller)
            throws NoSuchFieldException, IllegalAccessException {
        new Reflected(owner, name, type.descriptorString()).require();
        return lookup.findStaticVarHandle(owner, name, type);
    }

    @Replaces(MethodHandles.Lookup.class)
    public static MethodHandle unreflect(MethodHandles.Lookup lookup, Method method, Class<?> caller)
            throws IllegalAccessException {
        Reflected.of(method).require();
        return lookup.unreflect(method);
    }

    @Replaces(ServiceLoader.class)
    public static <S> ServiceLoader<S> load(Class<S> service, Class<?> caller) {
        return ServiceLoader.load(service, caller.getClassLoader());
    }

    @Replaces(ServiceLoader.class)
    public static <S> ServiceLoader<S> load(Class<S> service, @Nullable ClassLoader loader, Class<?> caller) {
        return ServiceLoader.load(service, loader instanceof CheckedLoader ? loader : caller.getClassLoader());
    }

    @Replaces(URL.class)
    public static InputStream openStream(URL url, Class<?> caller) throws IOException {
        if (!url.getProtocol().equals(LibraryJar.PROTOCOL)) {
            refuse("the network (" + url + ")");
        }
        return url.openStream();
    }
}
