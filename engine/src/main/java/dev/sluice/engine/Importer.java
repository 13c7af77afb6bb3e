package dev.sluice.engine;

import dev.sluice.core.Code;
import dev.sluice.core.Failure;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.types.pojo.Schema;

/**
 * Reads files from anywhere on the disk, in a database of its own that can touch these files and nothing else: the
 * engine's own database never sees a path outside the warehouse.
 */
final class Importer {
    /** What part of the engine's limits an import may use besides. */
    private static final int SHARE = 4;

    private static final long LEAST_MEMORY = 256L << 20;

    private final EngineConfig config;
    private final BufferAllocator allocator;

    Importer(EngineConfig config, BufferAllocator allocator) {
        this.config = config;
        this.allocator = allocator;
    }

    Schema inferSchema(ImportFiles files) {
        try (var database = open(files, List.of())) {
            var sql = new ImportSql(files, files.files(), "none");
            return Descriptions.of(database, new EngineQuery(sql.all()), allocator)
                    .stored();
        } catch (EngineFailure e) {
            throw e.unplaced();
        }
    }

    Imported importFiles(ImportFiles files, WriteTarget target, Cancellation cancellation) {
        createFolder(target.folder());
        try (var database = open(files, List.of(target.folder()));
                var connection = database.connect();
                var _ = Interrupts.watch(cancellation, connection)) {
            return new ImportRun(database, connection, files, target, cancellation, allocator).run();
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
}
