package dev.sluice.engine;

import dev.sluice.core.DataFile;
import dev.sluice.core.DataFile.ColumnStats;
import dev.sluice.core.FieldIds;
import dev.sluice.core.QualifiedName;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.Schema;

/** Reads what COPY tells of the files it has written. */
final class WrittenFiles {
    private final Map<String, Integer> ids = new HashMap<>();
    private final int partitions;

    WrittenFiles(WriteTarget target) {
        addLeaves("", target.schema());
        this.partitions = target.partitioning().size();
    }

    private void addLeaves(String prefix, Schema schema) {
        schema.getFields().forEach(field -> addLeaf(prefix + QualifiedName.quote(field.getName()), field));
    }

    private void addLeaf(String path, Field field) {
        switch (field.getType()) {
            case ArrowType.Struct _ ->
                field.getChildren().forEach(child -> addLeaf(path + "." + QualifiedName.quote(child.getName()), child));
            case ArrowType.List _ ->
                addLeaf(path + ".\"element\"", field.getChildren().getFirst());
            case ArrowType.Map _ -> {
                var entry = field.getChildren().getFirst().getChildren();
                addLeaf(path + ".\"key\"", entry.get(0));
                addLeaf(path + ".\"value\"", entry.get(1));
            }
            default -> ids.put(path, FieldIds.load(field));
        }
    }

    List<DataFile> read(ResultSet rows) throws SQLException {
        var files = new ArrayList<DataFile>();
        while (rows.next()) {
            files.add(new DataFile(
                    Path.of(rows.getString("filename")),
                    rows.getLong("count"),
                    rows.getLong("file_size_bytes"),
                    stats((Map<?, ?>) rows.getObject("column_statistics")),
                    partition((Map<?, ?>) rows.getObject("partition_keys"))));
        }
        return files;
    }

    private Map<Integer, ColumnStats> stats(Map<?, ?> columns) {
        var stats = new HashMap<Integer, ColumnStats>();
        columns.forEach((path, values) -> {
            var id = ids.get(String.valueOf(path));
            if (id != null) {
                stats.put(id, columnStats((Map<?, ?>) values));
            }
        });
        return stats;
    }

    private static ColumnStats columnStats(Map<?, ?> values) {
        var hasNan = text(values, "has_nan").filter("true"::equals).isPresent();
        return new ColumnStats(
                number(values, "num_values").orElse(0),
                number(values, "null_count").orElse(0),
                number(values, "column_size_bytes"),
                text(values, "min").filter(_ -> !hasNan),
                text(values, "max").filter(_ -> !hasNan));
    }

    private List<Optional<String>> partition(Map<?, ?> keys) {
        return IntStream.range(0, partitions)
                .mapToObj(i -> text(keys, PartitionSql.column(i)))
                .toList();
    }

    private static OptionalLong number(Map<?, ?> values, String key) {
        return text(values, key).map(Long::parseLong).map(OptionalLong::of).orElse(OptionalLong.empty());
    }

    private static Optional<String> text(Map<?, ?> values, String key) {
        return Optional.ofNullable(values.get(key)).map(String::valueOf);
    }
}
