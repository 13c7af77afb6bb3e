package dev.sluice.cli;

import dev.sluice.core.QualifiedName;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import org.apache.arrow.c.ArrowArrayStream;
import org.apache.arrow.c.Data;
import org.apache.arrow.memory.BufferAllocator;
import org.duckdb.DuckDBConnection;

/**
 * A Parquet file, written by a DuckDB in this process that pulls the rows as an Arrow stream. Parquet can't be written
 * to a pipe by DuckDB, so it goes to a file of its own first.
 */
record ParquetFormat(BufferAllocator allocator) implements ResultFormat {
    private static final String STREAM = "result";

    @Override
    public long write(Rows rows, OutputStream out) throws IOException {
        try (var folder = TemporaryFolder.create("sluice-")) {
            var file = folder.path().resolve("result.parquet");
            var count = copy(rows, file);
            Files.copy(file, out);
            out.flush();
            return count;
        }
    }

    private long copy(Rows rows, Path file) throws IOException {
        try (var reader = new RowsReader(allocator, rows);
                var stream = ArrowArrayStream.allocateNew(allocator)) {
            Data.exportArrayStream(allocator, reader, stream);
            try (var connection = DriverManager.getConnection("jdbc:duckdb:");
                    var statement = connection.createStatement()) {
                connection.unwrap(DuckDBConnection.class).registerArrowStream(STREAM, stream);
                return statement.executeLargeUpdate("COPY (FROM " + STREAM + ") TO "
                        + QualifiedName.literal(file.toString()) + " (FORMAT parquet, COMPRESSION zstd)");
            } catch (SQLException e) {
                reader.failure().ifPresent(failure -> {
                    throw failure;
                });
                throw new IOException("Cannot write Parquet: " + e.getMessage(), e);
            }
        }
    }
}
