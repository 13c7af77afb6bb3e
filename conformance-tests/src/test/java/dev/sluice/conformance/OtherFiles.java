package dev.sluice.conformance;

import static java.util.stream.Collectors.joining;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.DataFiles;
import org.apache.iceberg.DeleteFile;
import org.apache.iceberg.FileFormat;
import org.apache.iceberg.FileMetadata;
import org.apache.iceberg.StructLike;
import org.apache.iceberg.Table;
import org.apache.iceberg.deletes.BaseDVFileWriter;
import org.apache.iceberg.io.OutputFileFactory;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.Types;
import org.jspecify.annotations.Nullable;

/** Files of one table as other engines write them: DuckDB makes them from SQL, Iceberg's classes describe them. */
final class OtherFiles {
    private static final String POSITIONS = "{file_path: 2147483546, pos: 2147483545}";

    private final Table table;

    OtherFiles(Table table) {
        this.table = table;
    }

    /**
     * A data file.
     *
     * @param fieldIds as COPY takes them; empty for a file without any
     */
    DataFile data(String sql, String fieldIds) {
        return data(sql, fieldIds, null);
    }

    DataFile data(String sql, String fieldIds, @Nullable StructLike partition) {
        var path = write(sql, fieldIds);
        var file = DataFiles.builder(table.spec())
                .withPath(path.toString())
                .withFormat(FileFormat.PARQUET)
                .withRecordCount(count(path))
                .withFileSizeInBytes(size(path));
        return (partition == null ? file : file.withPartition(partition)).build();
    }

    /** A data file with the ids of the table's schema as it is now. */
    DataFile data(String sql) {
        return data(sql, ids(table.schema().asStruct()));
    }

    private static String ids(Type type) {
        return type.asNestedType().fields().stream()
                .map(field -> '"' + field.name() + "\": " + ids(field))
                .collect(joining(", ", "{", "}"));
    }

    private static String ids(Types.NestedField field) {
        return field.type().isPrimitiveType()
                ? Integer.toString(field.fieldId())
                : "{__duckdb_field_id: " + field.fieldId() + ", "
                        + ids(field.type()).substring(1);
    }

    /** A position delete file of rows {@code (file_path, pos)}. */
    DeleteFile positions(String sql, @Nullable StructLike partition) {
        return deletes(FileMetadata.deleteFileBuilder(table.spec()).ofPositionDeletes(), sql, POSITIONS, partition);
    }

    /** Rows of one data file, deleted by position. */
    DeleteFile positions(DataFile file, String rows) {
        return positions("SELECT '" + file.location() + "' AS file_path, pos FROM (" + rows + ") AS rows(pos)", null);
    }

    DeleteFile equality(String sql, String fieldIds, @Nullable StructLike partition, int... columns) {
        return deletes(
                FileMetadata.deleteFileBuilder(table.spec()).ofEqualityDeletes(columns), sql, fieldIds, partition);
    }

    private DeleteFile deletes(FileMetadata.Builder file, String sql, String fieldIds, @Nullable StructLike partition) {
        var path = write(sql, fieldIds);
        var described = file.withPath(path.toString())
                .withFormat(FileFormat.PARQUET)
                .withRecordCount(count(path))
                .withFileSizeInBytes(size(path));
        return (partition == null ? described : described.withPartition(partition)).build();
    }

    /** Deletion vectors of some rows for each of the files, all in one Puffin file. */
    List<DeleteFile> vectors(Map<DataFile, long[]> rows) {
        var puffin = OutputFileFactory.builderFor(table, 1, 1)
                .format(FileFormat.PUFFIN)
                .build();
        var writer = new BaseDVFileWriter(puffin, _ -> null);
        try (writer) {
            rows.forEach((file, deleted) -> {
                for (var row : deleted) {
                    writer.delete(file.location(), row, table.spec(), file.partition());
                }
            });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return writer.result().deleteFiles();
    }

    private Path write(String sql, String fieldIds) {
        var path = Path.of(table.location(), "data", UUID.randomUUID() + ".parquet");
        var ids = fieldIds.isEmpty() ? "" : ", FIELD_IDS " + fieldIds;
        try (var connection = DriverManager.getConnection("jdbc:duckdb:");
                var statement = connection.createStatement()) {
            Files.createDirectories(path.resolveSibling("."));
            statement.execute("COPY (" + sql + ") TO '" + path + "' (FORMAT parquet" + ids + ")");
            return path;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (SQLException e) {
            throw new IllegalArgumentException(sql, e);
        }
    }

    private static long count(Path path) {
        try (var connection = DriverManager.getConnection("jdbc:duckdb:");
                var statement = connection.createStatement();
                var rows = statement.executeQuery("SELECT count(*) FROM '" + path + "'")) {
            rows.next();
            return rows.getLong(1);
        } catch (SQLException e) {
            throw new IllegalArgumentException(path.toString(), e);
        }
    }

    private static long size(Path path) {
        try {
            return Files.size(path);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
