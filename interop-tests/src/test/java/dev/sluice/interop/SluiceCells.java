package dev.sluice.interop;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The tables that Sluice makes. */
final class SluiceCells {
    private static final String ROWS = "INSERT INTO $t VALUES (1, 'Oslo', 10), (2, 'Rome', 20), (3, NULL, 30)";
    private static final String MORE = "INSERT INTO $t VALUES (4, 'Oslo', NULL), (5, 'Oslo', 50)";

    private SluiceCells() {}

    static List<Cell> all() {
        return Stream.of(deletes(), evolution(), types(), partitioning())
                .flatMap(List::stream)
                .toList();
    }

    private static Cell cell(String group, String what, int version, String... statements) {
        return Cell.of(Cell.Side.SLUICE, group, what, version, statements);
    }

    private static String create(int version, String columns, String partitioning) {
        return "CREATE TABLE $t (" + columns + ") " + partitioning + " TBLPROPERTIES ('format-version' = '" + version
                + "')";
    }

    private static List<Cell> deletes() {
        var cells = new ArrayList<Cell>();
        for (var version = 1; version <= 3; version++) {
            for (var partitioning : List.of("", " PARTITIONED BY (city)")) {
                var where = partitioning.isEmpty() ? "" : ", partitioned";
                cells.add(deleted("none" + where, version, partitioning));
                cells.add(deleted("DELETE" + where, version, partitioning, "DELETE FROM $t WHERE id IN (3, 5)"));
                cells.add(deleted(
                        "UPDATE" + where, version, partitioning, "UPDATE $t SET n = n + 1 WHERE city = 'Oslo'"));
            }
        }
        return cells;
    }

    private static Cell deleted(String what, int version, String partitioning, String... changes) {
        var made = Stream.of(create(version, "id BIGINT, city VARCHAR, n INTEGER", partitioning), ROWS, MORE);
        return cell(
                "changed rows",
                what,
                version,
                Stream.concat(made, Stream.of(changes)).toArray(String[]::new));
    }

    private static List<Cell> evolution() {
        var cells = new ArrayList<Cell>();
        for (var change : List.of(
                "ADD COLUMN c VARCHAR",
                "DROP COLUMN a",
                "RENAME COLUMN a TO b",
                "ALTER COLUMN a AFTER s",
                "ALTER COLUMN a TYPE BIGINT",
                "ADD COLUMN s.c VARCHAR",
                "DROP COLUMN s.x",
                "RENAME COLUMN s.x TO c",
                "ADD COLUMN l.element.c VARCHAR",
                "ADD PARTITION FIELD bucket(2, id)")) {
            cells.add(evolved(change, 2));
        }
        IntStream.of(1, 3).forEach(version -> cells.add(evolved("RENAME COLUMN a TO b", version)));
        cells.add(evolved("ADD COLUMN c INTEGER DEFAULT 5", 3));
        return cells;
    }

    private static Cell evolved(String change, int version) {
        return cell(
                "evolution",
                change,
                version,
                create(version, "id BIGINT, a INTEGER, s STRUCT(x INTEGER, y VARCHAR), l STRUCT(x INTEGER)[]", ""),
                "INSERT INTO $t VALUES (1, 7, {'x': 1, 'y': 'z'}, [{'x': 3}]), (2, 8, NULL, [])",
                "ALTER TABLE $t " + change,
                "INSERT INTO $t (id) VALUES (3)");
    }

    private static List<Cell> types() {
        return List.of(
                typed("BOOLEAN", "true"),
                typed("INTEGER", "-2147483648"),
                typed("BIGINT", "9223372036854775807"),
                typed("REAL", "'NaN'::REAL"),
                typed("DOUBLE", "-1.5e300"),
                typed("DECIMAL(4, 2)", "-12.34"),
                typed("DECIMAL(18, 6)", "123456789012.345678"),
                typed("DECIMAL(38, 10)", "1234567890123456789012345678.0123456789"),
                typed("DATE", "DATE '1969-12-31'"),
                typed("TIME", "TIME '23:59:59.999999'").unread("Spark does not support time fields"),
                typed("TIMESTAMP", "TIMESTAMP '1969-12-31 23:59:59.999999'"),
                typed("TIMESTAMPTZ", "TIMESTAMPTZ '2024-02-29 12:00:00.000001+05:30'"),
                typed("VARCHAR", "'é € 𝄞'"),
                typed("UUID", "'ffffffff-ffff-4fff-bfff-ffffffffffff'"),
                typed("BLOB", "'\\x00\\xFF\\x80'::BLOB"),
                // its Parquet column has no fixed length, for which Spark's vectorized reader is not made
                typed("BINARY(4)", "'\\x00\\xFF\\x80\\x01'::BLOB").unread("ClassCastException"),
                typed("INTEGER[]", "[1, NULL, 3]"),
                typed("VARCHAR[][]", "[['a', NULL], [], NULL]"),
                typed("MAP(VARCHAR, INTEGER)", "MAP {'a': 1, 'b': NULL}"),
                typed("MAP(BIGINT, STRUCT(x DATE))", "MAP {7: {'x': DATE '2024-02-29'}}"),
                typed("STRUCT(a INTEGER, b STRUCT(c DECIMAL(10, 2)[]))", "{'a': 1, 'b': {'c': [1.25, NULL]}}"));
    }

    private static Cell typed(String type, String value) {
        return cell(
                "types",
                type,
                2,
                create(2, "id BIGINT, v " + type, ""),
                "INSERT INTO $t VALUES (1, " + value + "), (2, " + value + "), (3, NULL)");
    }

    private static List<Cell> partitioning() {
        return Stream.of(
                        "city",
                        "n",
                        "d",
                        "bucket(4, id)",
                        "bucket(3, city)",
                        "truncate(2, city)",
                        "truncate(10, n)",
                        "year(d)",
                        "month(ts)",
                        "day(ts)",
                        "hour(ts)",
                        "city, day(ts), bucket(2, id)")
                .map(by -> cell(
                        "partitioning",
                        by,
                        2,
                        create(
                                2,
                                "id BIGINT, city VARCHAR, n INTEGER, d DATE, ts TIMESTAMPTZ",
                                "PARTITIONED BY (" + by + ")"),
                        "INSERT INTO $t VALUES"
                                + " (1, 'Oslo', 10, DATE '1969-12-31', TIMESTAMPTZ '1969-12-31 23:59:59.5+00'),"
                                + " (2, 'Rome', -3, DATE '2024-02-29', TIMESTAMPTZ '2024-02-29 12:34:56+00'),"
                                + " (3, NULL, NULL, NULL, NULL),"
                                + " (4, 'a/b c=ü', 7, DATE '1970-01-01', TIMESTAMPTZ '1970-01-01 00:00:00+00')"))
                .toList();
    }
}
