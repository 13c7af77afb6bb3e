package dev.sluice.udf.runtime;

import static dev.sluice.udf.runtime.ArrayVectors.row;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The generated loop against the Java that its Javadoc says it stands for. */
class KernelCompilerTest {
    private static final @Nullable Object[][] ROWS = {
        row(1L, 2), row(null, 2), row(3L, null), row(null, null), row(-5L, 5), row(7L, 0), row(Long.MAX_VALUE, 1)
    };
    private static final @Nullable Object[][] ROWS_WITHOUT_NULLS = {row(1L, 2), row(-5L, 5), row(7L, 0)};

    private final UdfRuntime runtime = UdfRuntime.open(new UdfConfig(10, 1L << 30), Functions.NO_JARS);
    private final UdfFunction function = runtime.compile(Functions.of("f", "BIGINT INTEGER", "BIGINT", """
            class F {
                public static Long f(long a, Integer b) {
                    if (b == null) {
                        return a;
                    }
                    return b == 0 ? null : (Long) (a + b);
                }
            }
            """));

    @AfterEach
    void close() {
        runtime.close();
    }

    @Test
    void it_does_what_the_java_in_its_javadoc_does() throws Throwable {
        for (var rows : List.of(ROWS, ROWS_WITHOUT_NULLS, new @Nullable Object[0][])) {
            assertThat(new ArrayVectors().call(function, rows)).isEqualTo(new JavaLoop(rows).run());
        }
    }

    @Test
    void a_function_without_parameters_is_called_for_each_row() throws Throwable {
        var counter = runtime.compile(Functions.of("f", "", "BIGINT", """
                class F {
                    private static long calls;
                    public static long f() { return ++calls; }
                }
                """));
        assertThat(new ArrayVectors().call(counter, row(), row(), row())).containsExactly(1L, 2L, 3L);
    }

    @Test
    void called_on_null_hands_null_to_every_parameter() throws Throwable {
        var concat = runtime.compile(Functions.calledOnNull(Functions.of("f", "VARCHAR INTEGER", "VARCHAR", """
                class F {
                    public static String f(String a, Integer b) { return a + b; }
                }
                """)));
        assertThat(new ArrayVectors().call(concat, row("x", null), row(null, 1), row(null, null)))
                .containsExactly("xnull", "null1", "nullnull");
    }

    /** The Javadoc of {@link KernelCompiler}, word for word, where the accessors are plain calls. */
    private static final class JavaLoop {
        private final ArrayVectors vectors = new ArrayVectors();
        private final @Nullable Object[] results;
        private final long chunk;
        private final long result;

        JavaLoop(@Nullable Object[][] rows) {
            results = new @Nullable Object[rows.length];
            chunk = vectors.chunk(rows, 2);
            result = vectors.vector(results);
        }

        static @Nullable Long f(long a, @Nullable Integer b) {
            if (b == null) {
                return a;
            }
            return b == 0 ? null : (Long) (a + b);
        }

        List<@Nullable Object> run() {
            loop();
            return Arrays.asList(results);
        }

        private void loop() {
            long rows = vectors.rows(chunk);
            long out = vectors.dataOf(result);
            long nulls = 0;
            long vectorA = vectors.columnOf(chunk, 0);
            long dataA = vectors.dataOf(vectorA);
            long maskA = vectors.validityOf(vectorA);
            long vectorB = vectors.columnOf(chunk, 1);
            long dataB = vectors.dataOf(vectorB);
            long maskB = vectors.validityOf(vectorB);

            if ((maskA | maskB) == 0) {
                for (long row = 0; row < rows; row++) {
                    Long value = f((Long) vectors.read(dataA, row), (Integer) vectors.read(dataB, row));
                    if (value != null) {
                        vectors.write(result, out, row, value);
                    } else {
                        if (nulls == 0) {
                            nulls = vectors.writableValidityOf(result);
                        }
                        vectors.putNull(nulls, row);
                    }
                }
            } else {
                for (long row = 0; row < rows; row++) {
                    Long value = null;
                    if (maskA == 0 || vectors.valid(maskA, row)) {
                        value = f(
                                (Long) vectors.read(dataA, row),
                                maskB == 0 || vectors.valid(maskB, row) ? (Integer) vectors.read(dataB, row) : null);
                    }
                    if (value != null) {
                        vectors.write(result, out, row, value);
                    } else {
                        if (nulls == 0) {
                            nulls = vectors.writableValidityOf(result);
                        }
                        vectors.putNull(nulls, row);
                    }
                }
            }
        }
    }
}
