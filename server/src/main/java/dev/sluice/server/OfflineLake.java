package dev.sluice.server;

import com.google.errorprone.annotations.MustBeClosed;
import dev.sluice.catalog.Catalog;
import dev.sluice.catalog.Housekeeping;
import dev.sluice.core.Failure;
import dev.sluice.core.RemoteFiles;
import dev.sluice.core.Scope;
import dev.sluice.engine.Engine;
import dev.sluice.s3.ObjectCache;
import dev.sluice.s3.S3Store;
import dev.sluice.server.backup.Backup;
import dev.sluice.server.backup.Fsck;
import java.nio.file.Files;
import java.time.InstantSource;
import java.util.List;

/** A data folder that no server runs on, held so that none can start. */
public final class OfflineLake implements AutoCloseable {
    private final ServerConfig config;
    private final RemoteFiles remote;
    private final Housekeeping housekeeping;
    private final Scope scope;

    private OfflineLake(ServerConfig config, RemoteFiles remote, Housekeeping housekeeping, Scope scope) {
        this.config = config;
        this.remote = remote;
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
            var store = scope.own(S3Store.open(config.s3()));
            var objects = config.cache().map(cache -> ObjectCache.open(store, cache.folder(), cache.bytes()));
            var catalog = scope.own(Catalog.open(config.catalog(), objects, InstantSource.system()));
            var housekeeping = catalog.housekeeping()
                    .orElseThrow(() -> Failure.unsupported("The catalog's tables are kept by its own server")
                            .exception());
            var remote = objects.<RemoteFiles>map(cache -> cache).orElse(RemoteFiles.NONE);
            return new OfflineLake(config, remote, housekeeping, scope);
        });
    }

    public Fsck.Report fsck(Fsck.Depth depth) {
        try (var engine = Engine.open(config.engine(), remote)) {
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
