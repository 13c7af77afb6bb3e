package dev.sluice.planner;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.apache.arrow.vector.types.DateUnit;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.Schema;

/** A few queries that go through most of the planner. */
final class WarmUp {
    private static final int MAX_ROUNDS = 50;
    private static final Duration MAX_TIME = Duration.ofSeconds(2);

    private static final Schema TABLE = new Schema(List.of(
            Field.nullable("id", new ArrowType.Int(64, true)),
            Field.nullable("name", new ArrowType.Utf8()),
            Field.nullable("day", new ArrowType.Date(DateUnit.DAY)),
            Field.nullable("amount", new ArrowType.Decimal(15, 2, 128))));

    private static final List<String> QUERIES = List.of(
            "SELECT id, name FROM t WHERE id = 42",
            "SELECT a.name, sum(b.amount) AS total FROM t a JOIN t b USING (id)"
                    + " WHERE a.day BETWEEN DATE '2024-01-01' AND DATE '2024-12-31' AND b.name IN ('x', 'y')"
                    + " GROUP BY a.name HAVING count(*) > 1 ORDER BY total DESC LIMIT 10",
            "WITH r AS (SELECT *, row_number() OVER (PARTITION BY name ORDER BY day) AS n FROM t)"
                    + " SELECT * FROM r LEFT JOIN t ON r.id = t.id WHERE n = 1 AND t.name LIKE 'a%'",
            "SELECT name FROM t WHERE EXISTS (SELECT 1 FROM t u WHERE u.id = t.id AND u.amount > 3.5)",
            "FROM t SELECT DISTINCT ON (name) * ORDER BY day",
            "UPDATE t SET name = upper(name) WHERE id = ?",
            "INSERT INTO t (id, name) VALUES (1, 'x')");

    private WarmUp() {}

    static void run(Planner planner) {
        var context = new PlanContext(
                "public", Instant.EPOCH, _ -> Optional.of(TABLE), _ -> Optional.empty(), _ -> Optional.empty());
        var start = System.nanoTime();
        for (var round = 0; round < MAX_ROUNDS && System.nanoTime() - start < MAX_TIME.toNanos(); round++) {
            QUERIES.forEach(query -> planner.plan(query, context));
        }
    }
}
