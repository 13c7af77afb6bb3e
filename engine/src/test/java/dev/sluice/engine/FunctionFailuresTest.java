package dev.sluice.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.sluice.core.Failure;
import dev.sluice.core.FunctionKind;
import dev.sluice.udf.runtime.UdfConfig;
import dev.sluice.udf.runtime.UdfRuntime;
import dev.sluice.udf.runtime.UdfSource;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a client is told of a function of its own. */
final class FunctionFailuresTest {
    private static final ArrowType BIGINT = new ArrowType.Int(64, true);

    private static final UdfSource BOOM = new UdfSource(
            "boom",
            FunctionKind.SCALAR,
            List.of(Field.nullable("x", BIGINT)),
            Field.nullable("", BIGINT),
            Optional.empty(),
            true,
            false,
            List.of(),
            "public class A { public static long f(long x) { if (x == 2) { throw new IllegalStateException(\"no \\\"twos\\\"\"); } return x; } }");

    @TempDir
    Path root;

    @Test
    void an_exception_is_told_as_it_was_thrown() {
        try (var lake = new OpenEngine(root);
                var runtime = UdfRuntime.open(new UdfConfig(4, 1L << 30), FunctionsInDuckDb.NO_JARS);
                var boom = lake.engine().bind(runtime.compile(BOOM))) {
            for (var rows : List.of("range(5)", "range(2, 5_000)", "range(1, 9_000) WHERE range % 5000 > 1")) {
                var failure = failure(() -> lake.rows("SELECT " + boom.sqlName() + "(range) FROM " + rows));
                assertThat(failure)
                        .isEqualTo(new Failure.FunctionFailed(
                                "boom", "IllegalStateException: no \"twos\"\n  at A.f(boom.java:1)"));
            }
        }
    }

    @Test
    void a_wrong_call_is_told_in_the_words_of_the_statement() {
        try (var lake = new OpenEngine(root);
                var declared = lake.engine().declare(BOOM)) {
            var sql = "SELECT " + declared.sqlName() + "(1, 2)";
            for (var call : List.<Runnable>of(
                    () -> lake.engine().describe(sql),
                    () -> lake.rows(sql),
                    () -> lake.engine().explain(new EngineQuery(sql)),
                    () -> lake.write(sql, lake.target(lake.table("SELECT 1 AS a"))))) {
                assertThat(failure(call).message())
                        .startsWith("No function matches the given name and argument types 'boom(")
                        .doesNotContain("__sluice");
            }
        }
    }

    private static Failure failure(Runnable call) {
        return catchThrowableOfType(EngineFailure.class, call::run).failure();
    }
}
