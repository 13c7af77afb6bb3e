package dev.sluice.engine;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.sluice.core.TableFile;
import dev.sluice.engine.FileField.Kind;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/** Which columns Parquet files have, kept because files never change. Thread-safe. */
final class FileFooters {
    private static final int CACHED_FIELDS = 500_000;
    private static final String LIST = "[]";
    private static final String MAP = "MAP(";

    private final Cache<Path, List<FileField>> cache = Caffeine.newBuilder()
            .maximumWeight(CACHED_FIELDS)
            .weigher((Path _, List<FileField> fields) -> 1 + weight(fields))
            .build();

    private static int weight(List<FileField> fields) {
        return fields.stream().mapToInt(field -> 1 + weight(field.children())).sum();
    }

    /** The columns of each of the files. */
    Map<Path, List<FileField>> of(List<TableFile> files, Connection connection) throws SQLException {
        var paths = files.stream().map(TableFile::path).toList();
        var found = new HashMap<>(cache.getAllPresent(paths));
        var missing = paths.stream().filter(path -> !found.containsKey(path)).toList();
        if (!missing.isEmpty()) {
            var read = read(missing, connection);
            cache.putAll(read);
            found.putAll(read);
        }
        return found;
    }

    private static Map<Path, List<FileField>> read(List<Path> paths, Connection connection) throws SQLException {
        var sql = "SELECT file_name, name, repetition_type, coalesce(num_children, 0), field_id, duckdb_type"
                + " FROM parquet_schema(" + ParquetSql.texts(paths) + ")";
        var footers = new HashMap<Path, List<FileField>>();
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery(sql)) {
            while (rows.next()) {
                var path = Path.of(rows.getString(1));
                footers.put(
                        path,
                        Node.read(rows).children().stream().map(Node::field).toList());
            }
        }
        return footers;
    }

    /** One element of a Parquet schema; they come before their children. */
    private record Node(String name, boolean repeated, OptionalInt id, String type, List<Node> children) {
        static Node read(ResultSet rows) throws SQLException {
            var name = rows.getString(2);
            var repeated = "REPEATED".equals(rows.getString(3));
            var count = rows.getInt(4);
            var number = rows.getInt(5);
            var id = rows.wasNull() ? OptionalInt.empty() : OptionalInt.of(number);
            var type = String.valueOf(rows.getString(6))
                    .replace("TIMESTAMP WITH TIME ZONE", "TIMESTAMPTZ")
                    .replace(",", ", ");
            var children = new ArrayList<Node>();
            for (var i = 0; i < count; i++) {
                rows.next();
                children.add(read(rows));
            }
            return new Node(name, repeated, id, type, children);
        }

        FileField field() {
            if (children.isEmpty()) {
                return of(Kind.VALUE, List.of());
            }
            var inner = children.getFirst();
            if (inner.repeated && children.size() == 1 && type.startsWith(MAP) && inner.children.size() == 2) {
                return of(Kind.MAP, inner.children);
            }
            if (inner.repeated && children.size() == 1 && type.endsWith(LIST)) {
                return of(Kind.LIST, inner.isElement(name) ? List.of(inner) : inner.children);
            }
            return of(Kind.STRUCT, children);
        }

        /** Whether a repeated field is a list's element itself, by the rules of Parquet for old writers. */
        private boolean isElement(String list) {
            return children.size() != 1 || name.equals("array") || name.equals(list + "_tuple");
        }

        private FileField of(Kind kind, List<Node> inner) {
            return new FileField(
                    name, id, kind, type, inner.stream().map(Node::field).toList());
        }
    }
}
