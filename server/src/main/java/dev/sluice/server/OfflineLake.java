package dev.sluice.server;

import com.google.errorprone.annotations.MustBeClosed;
import dev.sluice.catalog.Catalog;
import dev.sluice.catalog.Housekeeping;
import dev.sluice.core.Failure;
import dev.sluice.core.Scope;
import dev.sluice.engine.Engine;
import dev.sluice.server.backup.Backup;
import dev.sluice.server.backup.Fsck;
import java.nio.file.Files;
import java.time.InstantSource;
import java.util.List;

/** A data folder that no server runs on, held so that none can start. */
public final class OfflineLake implements AutoCloseable {
    private final ServerConfig config;
    private final Housekeeping housekeeping;
    private final Scope scope;

    private OfflineLake(ServerConfig config, Housekeeping housekeeping, Scope scope) {
        this.config = config;
        this.housekeeping = housekeeping;
        this.scope = scope;
    }

    /**
     * Takes hold of the folder.
     *
     * @throws ConfigException where there is no lake in it, or a server runs on it
     */
    @MustBeClosed
    @SuppressWarnings("MustBeClosedChecker") // the scope closes them
    public static OfflineLake open(ServerConfig config) {
        if (!Files.isDirectory(config.engine().warehouse())) {
            throw new ConfigException(List.of("There is no lake in " + config.dataFolder()));
        }
        return Scope.handOver(scope -> {
            scope.own(DataFolder.open(config.dataFolder(), config.engine().temp()));
            var catalog = scope.own(Catalog.open(config.catalog(), InstantSource.system()));
            var housekeeping = catalog.housekeeping()
                    .orElseThrow(() -> Failure.unsupported("The catalog's tables are kept by its own server")
                            .exception());
            return new OfflineLake(config, housekeeping, scope);
        });
    }

    public Fsck.Report fsck(Fsck.Depth depth) {
        try (var engine = Engine.open(config.engine())) {
            return new Fsck(housekeeping, engine).run(depth);
        }
    }

    public Backup backup() {
        return new Backup(housekeeping);
    }

    @Override
    public void close() {
        scope.close();
    }
}
