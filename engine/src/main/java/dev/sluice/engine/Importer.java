package dev.sluice.engine;

import static java.util.stream.Collectors.joining;

import dev.sluice.core.Code;
import dev.sluice.core.DataFile;
import dev.sluice.core.Failure;
import dev.sluice.core.QualifiedName;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.Schema;

/**
 * Reads files from anywhere on the disk, in a database of its own that can touch these files and nothing else: the
 * engine's own database never sees a path outside the warehouse.
 */
final class Importer {
    /** What part of the engine's limits an import may use besides. */
    private static final int SHARE = 4;

    /** The literals that DuckDB reads as false. */
    private static final Set<String> NO = Set.of("false", "0", "'false'", "'f'", "'no'", "'n'", "'0'", "'off'");

    /** The options that name columns. */
    private static final Set<String> NAMING = Set.of("names", "column_names", "columns");

    private static final long LEAST_MEMORY = 256L << 20;

    private final EngineConfig config;
    private final BufferAllocator allocator;

    Importer(EngineConfig config, BufferAllocator allocator) {
        this.config = config;
        this.allocator = allocator;
    }

    Schema inferSchema(ImportFiles files) {
        try (var database = open(files, List.of())) {
            return Descriptions.of(database, new EngineQuery(select(files)), allocator)
                    .stored();
        } catch (EngineFailure e) {
            throw e.unplaced();
        }
    }

    List<DataFile> importFiles(ImportFiles files, WriteTarget target, Cancellation cancellation) {
        createFolder(target.folder());
        try (var database = open(files, List.of(target.folder()));
                var connection = database.connect();
                var _ = Interrupts.watch(cancellation, connection)) {
            var found = Descriptions.of(database, new EngineQuery(select(files)), allocator)
                    .result();
            var sql = hasNoNames(files)
                    ? inOrder(found, target.schema(), files)
                    : "SELECT " + columns(found, target.schema()) + " FROM " + reader(files);
            return new ParquetWriter(target, cancellation).write(connection, new EngineQuery(sql));
        } catch (SQLException e) {
            throw DuckDbFailures.of(e, "", cancellation);
        } catch (EngineFailure e) {
            throw e.unplaced();
        }
    }

    private static void createFolder(Path folder) {
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Database open(ImportFiles files, List<Path> folders) {
        files.files().stream()
                .filter(file -> !Files.isRegularFile(file))
                .findFirst()
                .ifPresent(file -> {
                    throw new Failure.NotFound(
                                    Code.FILE_NOT_FOUND,
                                    "There is no file '" + file + "' on the server's disk",
                                    Optional.empty())
                            .exception();
                });
        return Database.open(new Database.Limits(
                config.temp(),
                Math.max(config.memoryBytes() / SHARE, LEAST_MEMORY),
                config.tempBytes() / SHARE,
                Math.max(config.threads() / 2, 1),
                folders,
                files.files()));
    }

    private static String select(ImportFiles files) {
        return "SELECT * FROM " + reader(files);
    }

    private static String reader(ImportFiles files) {
        var function = switch (files.format()) {
            case "parquet" -> "read_parquet";
            case "csv" -> "read_csv";
            case "json" -> "read_json";
            default -> throw new IllegalArgumentException("No reader for format " + files.format());
        };
        var paths = files.files().stream()
                .map(path -> QualifiedName.literal(path.toString()))
                .collect(joining(", ", "[", "]"));
        var options = files.options().entrySet().stream()
                .map(option -> ", " + QualifiedName.quote(option.getKey()) + " = " + option.getValue())
                .sorted()
                .collect(joining());
        return function + "(" + paths + options + ")";
    }

    /** CSV without a header, to whose columns the options give no names either. */
    private static boolean hasNoNames(ImportFiles files) {
        var header = files.options().getOrDefault("header", "true").toLowerCase(Locale.ROOT);
        return files.format().equals("csv")
                && NO.contains(header)
                && files.options().keySet().stream().noneMatch(NAMING::contains);
    }

    private static String inOrder(Schema found, Schema table, ImportFiles files) {
        var given = found.getFields().size();
        var expected = table.getFields().size();
        if (given != expected) {
            throw new Failure.Invalid(
                            Code.INVALID_STATEMENT,
                            "The files have no header and " + given + " columns, and the table has " + expected
                                    + ": columns without names must be all of the table's, in order; or give their"
                                    + " names, as in NAMES ['a', 'b']",
                            Optional.empty())
                    .exception();
        }
        return select(files);
    }

    /** The table's columns, each from the file's column of that name or else null. */
    private static String columns(Schema found, Schema table) {
        var rest = new ArrayList<>(found.getFields());
        var columns = new ArrayList<String>();
        for (var column : table.getFields()) {
            var match = rest.stream()
                    .filter(f -> f.getName().equalsIgnoreCase(column.getName()))
                    .findFirst();
            match.ifPresent(rest::remove);
            columns.add(match.map(f -> QualifiedName.quote(f.getName())).orElse("NULL"));
        }
        if (!rest.isEmpty()) {
            throw new Failure.Invalid(
                            Code.COLUMN_NOT_FOUND,
                            "The files have columns that the table has not: "
                                    + rest.stream().map(Field::getName).collect(joining(", ")),
                            Optional.empty())
                    .exception();
        }
        return String.join(", ", columns);
    }
}
