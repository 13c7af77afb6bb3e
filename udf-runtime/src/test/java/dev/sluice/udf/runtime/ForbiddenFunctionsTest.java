package dev.sluice.udf.runtime;

import static dev.sluice.udf.runtime.ArrayVectors.row;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.sluice.core.Failure;
import dev.sluice.core.Failure.Position;
import dev.sluice.core.FailureException;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ForbiddenFunctionsTest {
    private final UdfRuntime runtime = UdfRuntime.open(new UdfConfig(10, 1L << 30), Functions.NO_JARS);

    @AfterEach
    void close() {
        runtime.close();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '^',
            value = {
                "System.exit(1); | java.lang.System.exit",
                "System.getenv(\"PATH\"); | java.lang.System.getenv",
                "System.getProperty(\"user.home\"); | java.lang.System.getProperty",
                "System.out.println(x); | java.lang.System.out",
                "IO.println(x); | java.lang.IO.println",
                "Runtime.getRuntime().halt(1); | java.lang.Runtime.getRuntime",
                "new ProcessBuilder(\"id\").start(); | java.lang.ProcessBuilder",
                "new Thread(() -> {}).start(); | java.lang.Thread",
                "Thread.sleep(1); | java.lang.Thread.sleep",
                "Runnable r = Thread::yield; r.run(); | java.lang.Thread.yield",
                "new ThreadLocal<String>(); | java.lang.ThreadLocal",
                "java.util.concurrent.Executors.newCachedThreadPool(); | java.util.concurrent.Executors.newCachedThreadPool",
                "java.util.concurrent.CompletableFuture.runAsync(() -> {}); | java.util.concurrent.CompletableFuture.runAsync",
                "java.util.List.of(1).parallelStream().count(); | java.util.List.parallelStream",
                "java.util.stream.IntStream.range(0, 9).parallel().sum(); | java.util.stream.IntStream.parallel",
                "new java.util.Timer(); | java.util.Timer",
                "Class.forName(\"java.lang.Runtime\"); | java.lang.Class.forName",
                "String.class.getMethods(); | java.lang.Class.getMethods",
                "\"\".getClass().getClassLoader(); | java.lang.Class.getClassLoader",
                "Object o = Runtime.class; o.hashCode(); | java.lang.Runtime",
                "java.lang.invoke.MethodHandles.lookup(); | java.lang.invoke.MethodHandles.lookup",
                "java.lang.foreign.Arena.global(); | java.lang.foreign.Arena.global",
                "sun.misc.Unsafe.getUnsafe(); | sun.misc.Unsafe.getUnsafe",
                "java.nio.file.Files.readString(java.nio.file.Path.of(\"/etc/passwd\")); | java.nio.file.Path.of",
                "new java.io.FileInputStream(\"/etc/passwd\"); | java.io.FileInputStream",
                "new java.io.PrintWriter(\"/tmp/x\"); | java.io.PrintWriter",
                "new java.util.Formatter(\"/tmp/x\"); | java.util.Formatter",
                "new java.util.zip.ZipFile(\"/tmp/x\"); | java.util.zip.ZipFile",
                "new java.net.Socket(\"localhost\", 1); | java.net.Socket",
                "java.net.http.HttpClient.newHttpClient(); | java.net.http.HttpClient.newHttpClient",
                "java.sql.DriverManager.getConnection(\"x\"); | java.sql.DriverManager.getConnection",
                "java.util.ServiceLoader.load(Runnable.class); | java.util.ServiceLoader.load",
                "java.util.Locale.setDefault(java.util.Locale.ROOT); | java.util.Locale.setDefault",
                "synchronized (\"\") { x++; } | synchronized",
                "new Object().wait(); | java.lang.Object.wait",
                "java.nio.ByteBuffer.allocateDirect(9); | java.nio.ByteBuffer.allocateDirect",
            })
    void a_reference_to_the_world_outside_is_refused(String statement, String name) {
        var failure = failure("""
                class F {
                    public static long f(long x) throws Exception {
                        STATEMENT
                        return x;
                    }
                }
                """.replace("STATEMENT", statement));
        assertThat(failure)
                .isEqualTo(
                        new Failure.Forbidden(name + " is not allowed in a function", Optional.of(new Position(3, 9))));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "class F extends ClassLoader { public static long f(long x) { return x; } }",
                "class F extends Thread { public static long f(long x) { return x; } }",
                "class F { public static synchronized long f(long x) { return x; } }",
                "class F { public static native long f(long x); }",
                "class F { public static long f(long x) { return x; } protected void finalize() {} }",
                "package dev.sluice.udf.runtime; class Checkpoint { public static long f(long x) { return x; } }",
                "class F { static final Object O = Runtime.getRuntime(); public static long f(long x) { return x; } }",
                "class F { public static long f(long x) { return x; } interface G { default void g() { System.gc(); } } }",
            })
    void so_is_a_class_that_is_more_than_a_computation(String body) {
        assertThat(failure(body)).isInstanceOf(Failure.Forbidden.class);
    }

    @Test
    void what_only_computes_is_allowed() throws Throwable {
        var honest = runtime.compile(Functions.of("f", "VARCHAR", "VARCHAR", """
                import java.nio.charset.StandardCharsets;
                import java.security.MessageDigest;
                import java.text.Normalizer;
                import java.time.Duration;
                import java.util.*;
                import java.util.concurrent.ConcurrentHashMap;
                import java.util.function.UnaryOperator;
                import java.util.regex.Pattern;
                import java.util.stream.Collectors;

                public class Honest {
                    private static final Map<String, String> SEEN = new ConcurrentHashMap<>();
                    private static final Pattern WORD = Pattern.compile("\\\\w+");

                    sealed interface Shape permits Circle, Square {}
                    record Circle(double r) implements Shape {}
                    record Square(double a) implements Shape {}
                    enum Size { SMALL, LARGE { @Override String label() { return "L"; } }; String label() { return "S"; } }

                    static double area(Shape shape) {
                        return switch (shape) {
                            case Circle(var r) when r > 100 -> Double.POSITIVE_INFINITY;
                            case Circle(var r) -> Math.PI * r * r;
                            case Square(var a) -> a * a;
                        };
                    }

                    public static String f(String s) throws Exception {
                        if (s == null) throw new IllegalArgumentException("no text");
                        var words = WORD.matcher(s).results().map(m -> m.group()).map(String::toLowerCase)
                                .sorted(Comparator.reverseOrder()).collect(Collectors.toList());
                        UnaryOperator<String> strip = w -> Normalizer.normalize(w, Normalizer.Form.NFD);
                        var size = words.size() > 3 ? Size.LARGE : Size.SMALL;
                        var label = switch (size) { case SMALL -> 1; case LARGE -> 2; } + size.label();
                        var hash = HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256")
                                .digest(s.getBytes(StandardCharsets.UTF_8)));
                        var text = new StringBuilder(String.format("%s %.2f %s", label, area(new Square(2)), Duration.ofHours(2)));
                        for (var word : words) text.append(strip.apply(word)).append(' ');
                        try { Integer.parseInt(s); } catch (NumberFormatException e) { text.append(e.getMessage()); }
                        return SEEN.computeIfAbsent(s, k -> text + hash + Optional.of(k) + Arrays.asList(1, 2) + new Circle(1));
                    }
                }
                """));
        assertThat(new ArrayVectors().call(honest, row("a b c d")))
                .first()
                .asString()
                .startsWith("2L 4.00 PT2Hd c b a For input string");
    }

    private Failure failure(String body) {
        var source = Functions.of("f", "BIGINT", "BIGINT", body);
        return catchThrowableOfType(FailureException.class, () -> runtime.compile(source))
                .failure();
    }
}
