package dev.sluice.engine;

import static java.util.stream.Collectors.joining;

import dev.sluice.core.Code;
import dev.sluice.core.DataFile;
import dev.sluice.core.Failure;
import dev.sluice.core.FieldIds;
import dev.sluice.core.QualifiedName;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.SQLException;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;
import org.duckdb.DuckDBConnection;
import org.duckdb.DuckDBPreparedStatement;

/**
 * Writes a query's rows as a table's data files: with field ids, on disk before it returns, and with nothing left where
 * it fails.
 */
final class ParquetWriter {
    private final WriteTarget target;

    ParquetWriter(WriteTarget target) {
        this.target = target;
    }

    /** @param query gives the target's columns, in order; the names may differ */
    List<DataFile> write(DuckDBConnection connection, EngineQuery query, Cancellation cancellation) {
        var output = target.folder()
                .resolve(UUID.randomUUID() + (target.partitioning().isEmpty() ? ".parquet" : ""));
        var before = "COPY (SELECT *" + PartitionSql.columns(target.partitioning(), target.schema()) + " FROM (SELECT "
                + columns() + " FROM (";
        var sql = before + query.sql() + "\n) AS rows_(" + aliases() + ")) AS typed_) TO "
                + QualifiedName.literal(output.toString()) + " " + options();
        var written = false;
        try {
            Files.createDirectories(target.folder());
            var files = copy(connection, new EngineQuery(sql, query.parameters()), cancellation);
            requireValues(files);
            var kept = files.stream().filter(file -> file.rows() > 0).toList();
            for (var file : kept) {
                sync(file.path(), StandardOpenOption.WRITE);
                sync(Optional.ofNullable(file.path().getParent()).orElseThrow(), StandardOpenOption.READ);
            }
            sync(target.folder(), StandardOpenOption.READ);
            written = !kept.isEmpty();
            return kept;
        } catch (SQLException e) {
            throw DuckDbFailures.of(e, sql, cancellation).shifted(before.length());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            if (!written) {
                deleteTree(output);
            }
        }
    }

    private List<DataFile> copy(DuckDBConnection connection, EngineQuery query, Cancellation cancellation)
            throws SQLException {
        try (var statement = (DuckDBPreparedStatement) connection.prepareStatement(query.sql())) {
            cancellation.onCancel(() -> Interrupts.interrupt(statement));
            Parameters.bind(statement, query.parameters());
            try (var rows = statement.executeQuery()) {
                return new WrittenFiles(target).read(rows);
            } finally {
                cancellation.settled();
            }
        }
    }

    private String columns() {
        var fields = target.schema().getFields();
        return IntStream.range(0, fields.size())
                .mapToObj(i -> "CAST(" + alias(i) + " AS " + DuckDbTypes.sql(fields.get(i)) + ") AS "
                        + QualifiedName.quote(fields.get(i).getName()))
                .collect(joining(", "));
    }

    private String aliases() {
        return IntStream.range(0, target.schema().getFields().size())
                .mapToObj(ParquetWriter::alias)
                .collect(joining(", "));
    }

    private static String alias(int index) {
        return "c" + index + "_";
    }

    private String options() {
        var partitions = IntStream.range(0, target.partitioning().size())
                .mapToObj(PartitionSql::column)
                .collect(joining(", "));
        return "(FORMAT parquet, COMPRESSION zstd, RETURN_STATS, FIELD_IDS "
                + DuckDbTypes.fieldIds(target.schema().getFields())
                + (partitions.isEmpty() ? "" : ", PARTITION_BY (" + partitions + ")") + ")";
    }

    /** No null may stand in a column that is NOT NULL. */
    private void requireValues(List<DataFile> files) {
        for (var field : target.schema().getFields()) {
            var id = FieldIds.load(field);
            var nulls = files.stream()
                    .map(file -> file.columns().get(id))
                    .anyMatch(stats -> stats != null && stats.nulls() > 0);
            if (nulls && !field.isNullable()) {
                throw new Failure.Invalid(
                                Code.NULL_NOT_ALLOWED,
                                "Column " + QualifiedName.quote(field.getName())
                                        + " is NOT NULL, and a row has no value",
                                Optional.empty())
                        .exception();
            }
        }
    }

    private static void sync(Path path, StandardOpenOption mode) throws IOException {
        try (var channel = FileChannel.open(path, mode)) {
            channel.force(true);
        }
    }

    private static void deleteTree(Path root) {
        if (!Files.exists(root)) {
            return;
        }
        try (var paths = Files.walk(root)) {
            for (var path : paths.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
