package dev.sluice.engine;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.sluice.core.QualifiedName;
import dev.sluice.core.RowDelete;
import dev.sluice.core.TableFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.BigIntVector;
import org.apache.arrow.vector.VarCharVector;
import org.apache.arrow.vector.ipc.ArrowReader;
import org.duckdb.DuckDBConnection;
import org.duckdb.DuckDBResultSet;

/** Which rows data files have lost by position, kept because delete files never change. Thread-safe. */
final class DeletedRowsCache {
    private static final long CACHED_BYTES = 64L << 20;
    private static final int BATCH_ROWS = 64 * 1024;

    private final BufferAllocator allocator;
    private final Cache<RowDelete, Map<String, DeletedRows>> cache = Caffeine.newBuilder()
            .maximumWeight(CACHED_BYTES)
            .weigher((RowDelete _, Map<String, DeletedRows> files) -> (int) Math.min(
                    CACHED_BYTES,
                    files.values().stream().mapToLong(DeletedRows::bytes).sum()))
            .build();

    DeletedRowsCache(BufferAllocator allocator) {
        this.allocator = allocator;
    }

    /**
     * The rows that each of the files has lost, in their order.
     *
     * @param connection reads delete files
     */
    List<DeletedRows> of(List<TableFile> files, DuckDBConnection connection) throws SQLException {
        var all = new ArrayList<DeletedRows>();
        for (var file : files) {
            var rows = new ArrayList<DeletedRows>();
            for (var delete : file.deletes()) {
                rows.add(find(delete, file.origin().location(), connection));
            }
            all.add(rows.isEmpty() ? DeletedRows.NONE : DeletedRows.union(rows));
        }
        return all;
    }

    private DeletedRows find(RowDelete delete, String location, DuckDBConnection connection) throws SQLException {
        return switch (delete) {
            case RowDelete.Vector vector ->
                load(delete, () -> Map.of("", DeletionVectors.read(vector))).getOrDefault("", DeletedRows.NONE);
            case RowDelete.Positions positions ->
                load(delete, () -> read(positions.path(), connection)).getOrDefault(location, DeletedRows.NONE);
            case RowDelete.Equality _ -> DeletedRows.NONE;
        };
    }

    private interface Loading {
        Map<String, DeletedRows> run() throws SQLException;
    }

    /** Two that need the same file at once may both read it. */
    private Map<String, DeletedRows> load(RowDelete delete, Loading loading) throws SQLException {
        var known = cache.getIfPresent(delete);
        if (known != null) {
            return known;
        }
        var loaded = loading.run();
        cache.put(delete, loaded);
        return loaded;
    }

    /** Rows of a position delete file, by the location of the data file that they name. */
    private Map<String, DeletedRows> read(Path path, DuckDBConnection connection) throws SQLException {
        var sql = "SELECT file_path, CAST(pos AS BIGINT) FROM read_parquet([" + QualifiedName.literal(path.toString())
                + "])";
        var builders = new HashMap<String, DeletedRows.Builder>();
        try (var statement = connection.createStatement();
                var rows = (DuckDBResultSet) statement.executeQuery(sql);
                var reader = (ArrowReader) rows.arrowExportStream(allocator, BATCH_ROWS)) {
            while (reader.loadNextBatch()) {
                var root = reader.getVectorSchemaRoot();
                collect((VarCharVector) root.getVector(0), (BigIntVector) root.getVector(1), builders);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        var files = new HashMap<String, DeletedRows>();
        builders.forEach((location, builder) -> files.put(location, builder.build()));
        return files;
    }

    /** The rows come sorted by file, so that most are of the same one as the row before. */
    private static void collect(VarCharVector locations, BigIntVector rows, Map<String, DeletedRows.Builder> builders) {
        var last = new byte[0];
        var builder = new DeletedRows.Builder();
        for (var i = 0; i < rows.getValueCount(); i++) {
            var location = locations.get(i);
            if (i == 0 || !Arrays.equals(location, last)) {
                last = location;
                builder = builders.computeIfAbsent(
                        new String(location, StandardCharsets.UTF_8), _ -> new DeletedRows.Builder());
            }
            builder.add(rows.get(i));
        }
    }
}
