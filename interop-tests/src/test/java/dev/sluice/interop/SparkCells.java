package dev.sluice.interop;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The tables that Spark makes. */
final class SparkCells {
    private static final String ROWS =
            "INSERT INTO $t VALUES (1, 'Oslo', 10), (2, 'Rome', 20), (3, NULL, 30), (4, 'Oslo', NULL)";
    private static final String MORE = "INSERT INTO $t VALUES (5, 'Oslo', 50), (6, 'Lima', 60), (7, 'Rome', 70)";

    private SparkCells() {}

    static List<Cell> all() {
        return Stream.of(deletes(), evolution(), types(), partitioning(), specs())
                .flatMap(List::stream)
                .toList();
    }

    private static Cell cell(String group, String what, int version, String... statements) {
        return Cell.of(Cell.Side.SPARK, group, what, version, statements);
    }

    private static String create(int version, String columns, String partitioning, String mode) {
        return "CREATE TABLE $t (" + columns + ") USING iceberg " + partitioning
                + " TBLPROPERTIES ('format-version' = '"
                + version + "', 'write.delete.mode' = '" + mode + "', 'write.update.mode' = '" + mode
                + "', 'write.merge.mode' = '" + mode + "')";
    }

    private static List<Cell> deletes() {
        var cells = new ArrayList<Cell>();
        for (var partitioning : List.of("", "PARTITIONED BY (city)")) {
            var where = partitioning.isEmpty() ? "" : ", partitioned";
            for (var version = 1; version <= 3; version++) {
                cells.add(deleted("none" + where, version, partitioning, "copy-on-write"));
                cells.add(deleted("DELETE, copy-on-write" + where, version, partitioning, "copy-on-write", DELETE));
                if (version > 1) {
                    var kind = version == 2 ? "position deletes" : "deletion vectors";
                    cells.add(deleted("DELETE, " + kind + where, version, partitioning, "merge-on-read", DELETE));
                    cells.add(deleted("UPDATE, " + kind + where, version, partitioning, "merge-on-read", UPDATE));
                    cells.add(deleted("MERGE, " + kind + where, version, partitioning, "merge-on-read", MERGE));
                    cells.add(deleted(
                            "all of them, " + kind + where,
                            version,
                            partitioning,
                            "merge-on-read",
                            UPDATE,
                            DELETE,
                            MERGE));
                }
            }
            cells.add(deleted("INSERT OVERWRITE" + where, 2, partitioning, "copy-on-write", OVERWRITE));
        }
        return cells;
    }

    private static final String DELETE = "DELETE FROM $t WHERE id IN (3, 5)";
    private static final String UPDATE = "UPDATE $t SET n = n + 1 WHERE city = 'Oslo'";
    private static final String MERGE = "MERGE INTO $t USING (SELECT explode(array(1L, 9L)) AS k) ON id = k"
            + " WHEN MATCHED THEN UPDATE SET n = 99 WHEN NOT MATCHED THEN INSERT (id, city, n) VALUES (k, 'Bern', 9)";
    private static final String OVERWRITE = "INSERT OVERWRITE $t VALUES (2, 'Kiew', 5), (8, 'Rome', 6)";

    private static Cell deleted(String what, int version, String partitioning, String mode, String... changes) {
        var made = Stream.of(create(version, "id BIGINT, city STRING, n INT", partitioning, mode), ROWS, MORE);
        return cell(
                "deleted rows",
                what,
                version,
                Stream.concat(made, Stream.of(changes)).toArray(String[]::new));
    }

    private static List<Cell> evolution() {
        var nested = "id BIGINT, a INT, f FLOAT, d DECIMAL(6, 2), s STRUCT<x: INT, y: STRING>,"
                + " l ARRAY<STRUCT<x: INT>>, m MAP<STRING, STRUCT<x: INT>>";
        var values =
                "INSERT INTO $t SELECT %d, 7, 1.5, 2.25, named_struct('x', 1, 'y', 'z'), array(named_struct('x', 3)),"
                        + " map('k', named_struct('x', 4))";
        var changes = List.of(
                "ADD COLUMN c STRING",
                "ADD COLUMN c STRING FIRST",
                "DROP COLUMN a",
                "RENAME COLUMN a TO b",
                "ALTER COLUMN a AFTER f",
                "ALTER COLUMN a TYPE BIGINT",
                "ALTER COLUMN f TYPE DOUBLE",
                "ALTER COLUMN d TYPE DECIMAL(20, 2)",
                "ADD COLUMN s.c STRING",
                "DROP COLUMN s.x",
                "RENAME COLUMN s.x TO c",
                "ALTER COLUMN s.y FIRST",
                "ALTER COLUMN s.x TYPE BIGINT",
                "ADD COLUMN l.element.c STRING",
                "RENAME COLUMN l.element.x TO c",
                "ALTER COLUMN l.element.x TYPE BIGINT",
                "ADD COLUMN m.value.c STRING",
                "RENAME COLUMN m.value.x TO c");
        var cells = new ArrayList<Cell>();
        for (var change : changes) {
            cells.add(evolved(change, 2, nested, values, "ALTER TABLE $t " + change));
        }
        var all = new String[] {
            "ALTER TABLE $t DROP COLUMN a",
            "ALTER TABLE $t ADD COLUMN a STRING",
            "ALTER TABLE $t RENAME COLUMN f TO a2",
            "ALTER TABLE $t ALTER COLUMN d TYPE DECIMAL(30, 2)",
            "ALTER TABLE $t DROP COLUMN s.x",
            "ALTER TABLE $t ADD COLUMN s.x STRING"
        };
        IntStream.rangeClosed(1, 3)
                .forEach(version -> cells.add(evolved("many at once", version, nested, values, all)));
        return cells;
    }

    /** Two rows, then the changes: Spark fills no column that an INSERT leaves out. */
    private static Cell evolved(String what, int version, String columns, String values, String... changes) {
        var made = Stream.of(
                create(version, columns, "", "copy-on-write"), values.replace("%d", "1"), values.replace("%d", "2"));
        return cell(
                "evolution",
                what,
                version,
                Stream.of(made, Stream.of(changes)).flatMap(part -> part).toArray(String[]::new));
    }

    private static List<Cell> types() {
        return List.of(
                typed("BOOLEAN", "true"),
                typed("INT", "-2147483648"),
                typed("BIGINT", "9223372036854775807"),
                typed("FLOAT", "CAST('NaN' AS FLOAT)"),
                typed("DOUBLE", "-1.5e300"),
                typed("DECIMAL(4, 2)", "-12.34"),
                typed("DECIMAL(18, 6)", "123456789012.345678"),
                typed("DECIMAL(38, 10)", "1234567890123456789012345678.0123456789"),
                typed("DATE", "DATE '1969-12-31'"),
                typed("TIMESTAMP", "TIMESTAMP '1969-12-31 23:59:59.999999'"),
                typed("TIMESTAMP_NTZ", "TIMESTAMP_NTZ '2024-02-29 12:00:00.000001'"),
                typed("STRING", "'é € 𝄞'"),
                typed("BINARY", "X'00FF80'"),
                typed("ARRAY<INT>", "array(1, NULL, 3)"),
                typed("ARRAY<ARRAY<STRING>>", "array(array('a', NULL), array(), NULL)"),
                typed("MAP<STRING, INT>", "map('a', 1, 'b', NULL)"),
                typed("MAP<BIGINT, STRUCT<x: DATE>>", "map(7L, named_struct('x', DATE '2024-02-29'))"),
                typed(
                        "STRUCT<a: INT, b: STRUCT<c: ARRAY<DECIMAL(10, 2)>>>",
                        "named_struct('a', 1, 'b', named_struct('c', array(1.25, NULL)))"),
                typed(
                        "ARRAY<STRUCT<m: MAP<DATE, BINARY>>>",
                        "array(named_struct('m', map(DATE '2024-02-29', X'FF')), NULL)"));
    }

    private static Cell typed(String type, String value) {
        return cell(
                "types",
                type,
                2,
                create(2, "id BIGINT, v " + type, "", "merge-on-read"),
                "INSERT INTO $t VALUES (1, " + value + "), (2, " + value + "), (3, NULL)");
    }

    private static final String TRAVELS = "id BIGINT, city STRING, n INT, d DATE, ts TIMESTAMP";
    private static final String TRAVELLED = "INSERT INTO $t VALUES"
            + " (1, 'Oslo', 10, DATE '1969-12-31', TIMESTAMP '1969-12-31 23:59:59.5'),"
            + " (2, 'Rome', -3, DATE '2024-02-29', TIMESTAMP '2024-02-29 12:34:56'),"
            + " (3, NULL, NULL, NULL, NULL), (4, 'a/b c=ü', 7, DATE '1970-01-01', TIMESTAMP '1970-01-01 00:00:00')";

    private static List<Cell> partitioning() {
        return Stream.of(
                        "city",
                        "n",
                        "d",
                        "bucket(4, id)",
                        "bucket(3, city)",
                        "truncate(2, city)",
                        "truncate(10, n)",
                        "years(d)",
                        "months(ts)",
                        "days(ts)",
                        "hours(ts)",
                        "city, days(ts), bucket(2, id)")
                .map(by -> cell(
                        "partitioning",
                        by,
                        2,
                        create(2, TRAVELS, "PARTITIONED BY (" + by + ")", "merge-on-read"),
                        TRAVELLED,
                        "DELETE FROM $t WHERE id = 4"))
                .toList();
    }

    private static List<Cell> specs() {
        var cells = new ArrayList<Cell>();
        for (var version = 1; version <= 3; version++) {
            cells.add(respecified("ADD PARTITION FIELD days(ts)", "", version));
            cells.add(respecified("DROP PARTITION FIELD city", "PARTITIONED BY (city)", version));
            cells.add(respecified("REPLACE PARTITION FIELD city WITH bucket(2, id)", "PARTITIONED BY (city)", version));
        }
        return cells;
    }

    private static Cell respecified(String change, String before, int version) {
        return cell(
                "partition evolution",
                change,
                version,
                create(version, TRAVELS, before, "copy-on-write"),
                TRAVELLED,
                "ALTER TABLE $t " + change,
                TRAVELLED.replace("(1,", "(11,"));
    }
}
