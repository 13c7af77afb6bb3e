package dev.sluice.engine;

import static java.util.stream.Collectors.joining;

import dev.sluice.core.Code;
import dev.sluice.core.DataFile;
import dev.sluice.core.DurableFolders;
import dev.sluice.core.Failure;
import dev.sluice.core.QualifiedName;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;
import org.apache.arrow.vector.types.pojo.Field;
import org.duckdb.DuckDBConnection;

/**
 * Writes a query's rows as a table's data files: with field ids, on disk before it returns, and with nothing left where
 * it fails. Each write has a folder of its own.
 */
final class ParquetWriter {
    private final WriteTarget target;
    private final Cancellation cancellation;
    private final Extent extent;

    /** @param cancellation interrupts the connections that this writes on */
    ParquetWriter(WriteTarget target, Cancellation cancellation) {
        this(target, cancellation, Extent.MANY_FILES);
    }

    private ParquetWriter(WriteTarget target, Cancellation cancellation, Extent extent) {
        this.target = target;
        this.cancellation = cancellation;
        this.extent = extent;
    }

    /** How many files one COPY makes: DuckDB keeps the rows' order only where it makes one. */
    private enum Extent {
        ONE_FILE,
        MANY_FILES
    }

    /** @param query gives the target's columns, in order; the names may differ */
    List<DataFile> write(DuckDBConnection connection, EngineQuery query) {
        requireColumns(connection, query);
        if (!target.order().isEmpty()) {
            return new SortedWriter(connection, target, cancellation).write(query, typed());
        }
        var folder = target.folder().resolve(UUID.randomUUID().toString());
        try {
            DurableFolders.create(extent == Extent.ONE_FILE ? folder : target.folder());
            var files = copy(connection, query, folder);
            cancellation.check();
            if (files.isEmpty()) {
                Folders.delete(folder);
            } else {
                sync(files, folder);
            }
            return files;
        } catch (IOException e) {
            discard(folder, e);
            throw new UncheckedIOException(e);
        } catch (RuntimeException e) {
            discard(folder, e);
            throw e;
        }
    }

    /**
     * Writes the rows, which all belong into one partition, as one file that keeps their order; empty where there are
     * none.
     *
     * @param query without parameters
     */
    Optional<DataFile> writeOne(DuckDBConnection connection, EngineQuery query) {
        var whole = new WriteTarget(target.schema(), List.of(), target.folder()).with(target.layout());
        return new ParquetWriter(whole, cancellation, Extent.ONE_FILE)
                .write(connection, query).stream().findFirst().map(file -> placed(file, connection, query));
    }

    private DataFile placed(DataFile file, DuckDBConnection connection, EngineQuery query) {
        if (target.partitioning().isEmpty()) {
            return file;
        }
        var sql = "SELECT COLUMNS(* EXCLUDE (" + aliases() + "))::VARCHAR FROM (SELECT *"
                + PartitionSql.columns(target.partitioning(), target.schema()) + " FROM (" + query.sql()
                + "\n) AS rows_(" + aliases() + ") LIMIT 1)";
        try (var statement = connection.createStatement();
                var row = statement.executeQuery(sql)) {
            row.next();
            var values = new ArrayList<Optional<String>>();
            for (var i = 1; i <= target.partitioning().size(); i++) {
                values.add(Optional.ofNullable(row.getString(i)));
            }
            return new DataFile(file.path(), file.rows(), file.bytes(), file.columns(), values);
        } catch (SQLException e) {
            throw DuckDbFailures.of(e, sql, cancellation);
        }
    }

    private static void discard(Path folder, Exception cause) {
        try {
            Folders.delete(folder);
        } catch (IOException e) {
            cause.addSuppressed(e);
        }
    }

    private void requireColumns(DuckDBConnection connection, EngineQuery query) {
        var expected = target.schema().getFields().size();
        try (var prepared = connection.prepareStatement(query.sql())) {
            var given = ResultShape.of(prepared, query).columns().size();
            if (given != expected) {
                throw new Failure.Invalid(
                                Code.INVALID_STATEMENT,
                                "The rows have " + given + " columns, and " + expected + " are to be written",
                                Optional.empty())
                        .exception();
            }
        } catch (SQLException e) {
            throw DuckDbFailures.of(e, query.sql(), cancellation);
        }
    }

    private List<DataFile> copy(DuckDBConnection connection, EngineQuery query, Path folder) {
        var typed = typed();
        var before = "COPY (" + typed.before();
        var sql = before + query.sql() + typed.after() + ") TO "
                + QualifiedName.literal(place(folder).toString()) + " " + options();
        try (var statement = connection.prepareStatement(sql)) {
            Parameters.bind(statement, query.parameters());
            try (var rows = statement.executeQuery()) {
                return new WrittenFiles(target)
                        .read(rows).stream().filter(file -> file.rows() > 0).toList();
            }
        } catch (SQLException e) {
            throw DuckDbFailures.of(e, sql, cancellation).shifted(before.length());
        }
    }

    /**
     * What is around a query's text in a SELECT of its rows: in the columns' types, with the partition values as
     * further columns.
     */
    record Typed(String before, String after) {}

    private Typed typed() {
        return new Typed(
                "SELECT *" + PartitionSql.columns(target.partitioning(), target.schema()) + " FROM (SELECT " + columns()
                        + " FROM (",
                "\n) AS rows_(" + aliases() + ")) AS typed_");
    }

    private Path place(Path folder) {
        return switch (extent) {
            case ONE_FILE -> folder.resolve(UUID.randomUUID() + ".parquet");
            case MANY_FILES -> folder;
        };
    }

    private String columns() {
        return target.schema().getFields().stream()
                .map(f -> value(f) + " AS " + QualifiedName.quote(f.getName()))
                .collect(joining(", "));
    }

    private static String value(Field field) {
        var typed = "CAST(rows_." + QualifiedName.quote(field.getName()) + " AS " + DuckDbTypes.sql(field) + ")";
        return field.isNullable()
                ? typed
                : "coalesce(" + typed + ", error("
                        + QualifiedName.literal(DuckDbFailures.NULL_IN_COLUMN + field.getName()) + "))";
    }

    /** The columns' own names, which DuckDB gives when it cannot cast a value. */
    private String aliases() {
        return target.schema().getFields().stream()
                .map(f -> QualifiedName.quote(f.getName()))
                .collect(joining(", "));
    }

    private String options() {
        var partitions = IntStream.range(0, target.partitioning().size())
                .mapToObj(PartitionSql::column)
                .collect(joining(", "));
        return "(FORMAT parquet" + compression() + ", RETURN_STATS, FIELD_IDS "
                + DuckDbTypes.fieldIds(target.schema().getFields())
                + switch (extent) {
                    case ONE_FILE -> "";
                    case MANY_FILES ->
                        ", FILENAME_PATTERN '{uuid}', FILE_SIZE_BYTES "
                                + target.layout().fileBytes();
                }
                + (partitions.isEmpty() ? "" : ", PARTITION_BY (" + partitions + "), HIVE_FILE_PATTERN false") + ")";
    }

    private String compression() {
        var layout = target.layout();
        var text = new StringBuilder(", COMPRESSION ").append(layout.codec());
        if (layout.codec() == FileLayout.Codec.ZSTD) {
            layout.level()
                    .ifPresent(level -> text.append(", COMPRESSION_LEVEL ").append(level));
        }
        layout.rowGroupBytes()
                .ifPresent(bytes -> text.append(", ROW_GROUP_SIZE_BYTES ").append(bytes));
        return text.toString();
    }

    /** Files first, then the folders that name them. */
    private void sync(List<DataFile> files, Path folder) throws IOException {
        for (var file : files) {
            sync(file.path(), StandardOpenOption.WRITE);
        }
        sync(folder, StandardOpenOption.READ);
        sync(target.folder(), StandardOpenOption.READ);
    }

    private static void sync(Path path, StandardOpenOption mode) throws IOException {
        try (var channel = FileChannel.open(path, mode)) {
            channel.force(true);
        }
    }
}
