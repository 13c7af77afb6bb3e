package dev.sluice.server;

import com.google.errorprone.annotations.MustBeClosed;
import dev.sluice.catalog.Catalog;
import dev.sluice.core.RemoteFiles;
import dev.sluice.core.Scope;
import dev.sluice.engine.Engine;
import dev.sluice.packages.Packages;
import dev.sluice.planner.Planner;
import dev.sluice.s3.ObjectCache;
import dev.sluice.s3.S3Store;
import dev.sluice.server.files.SourceFiles;
import dev.sluice.server.flight.FlightListener;
import dev.sluice.server.query.RunningStatements;
import dev.sluice.server.query.Statements;
import dev.sluice.server.query.Transactions;
import dev.sluice.server.session.Sessions;
import dev.sluice.udf.runtime.UdfRuntime;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.apache.arrow.memory.RootAllocator;

/** A running server: {@link #open} is the map of it, every constructor call in order. */
public final class SluiceServer implements AutoCloseable {
    /** How long cancelled statements may take to end. */
    private static final Duration GRACE = Duration.ofSeconds(3);

    private final ServerConfig config;
    private final FlightListener listener;
    private final RunningStatements running;
    private final Scope scope;

    private SluiceServer(ServerConfig config, FlightListener listener, RunningStatements running, Scope scope) {
        this.config = config;
        this.listener = listener;
        this.running = running;
        this.scope = scope;
    }

    /**
     * Starts a server; it answers when this returns.
     *
     * @throws ConfigException where the folder or the address cannot be had
     */
    @MustBeClosed
    @SuppressWarnings("MustBeClosedChecker") // the scope closes them
    public static SluiceServer open(ServerConfig config) {
        return Scope.handOver(scope -> {
            var clock = InstantSource.system();
            scope.own(DataFolder.open(config.dataFolder(), config.engine().temp()));
            var allocator = scope.own(new RootAllocator());
            var store = scope.own(S3Store.open(config.s3()));
            var objects = config.cache().map(cache -> ObjectCache.open(store, cache.folder(), cache.bytes()));
            var catalog = scope.own(Catalog.open(config.catalog(), objects, clock));
            var engine = scope.own(Engine.open(
                    config.engine(), objects.<RemoteFiles>map(cache -> cache).orElse(RemoteFiles.NONE)));
            var packages = scope.own(Packages.open(config.packages()));
            var udfs = scope.own(UdfRuntime.open(config.functions(), packages::find));
            var planner = new Planner(engine::parse, engine.functionNames());
            var running = new RunningStatements(clock);
            var files = new SourceFiles(config.files(), store);
            var transactions = scope.own(Transactions.open(
                    catalog,
                    session -> !running.of(session).isEmpty(),
                    config.session().transactionTimeout(),
                    clock));
            var statements = Statements.of(
                    new Statements.Modules(catalog, planner, engine, udfs, packages, files),
                    new Statements.Activity(running, transactions),
                    allocator,
                    clock);
            var sessions = new Sessions(config.session(), transactions::abandon);
            var services = new FlightListener.Services(
                    statements.queries(), statements.lake(), statements.ingests(), sessions, version());
            var listener = scope.own(listen(config, services, allocator));
            scope.own(WarmUp.start(planner, udfs));
            return new SluiceServer(config, listener, running, scope);
        });
    }

    @MustBeClosed
    private static FlightListener listen(
            ServerConfig config, FlightListener.Services services, RootAllocator allocator) {
        try {
            return FlightListener.open(config.flight(), services, allocator);
        } catch (IOException e) {
            var address = config.flight().host() + ":" + config.flight().port();
            throw new ConfigException(List.of(
                    "Cannot listen on " + address + ": is it taken by another program? Choose another with --port"));
        }
    }

    public String host() {
        return config.flight().host();
    }

    /** The port that is bound, also where the configuration asked for any. */
    public int port() {
        return listener.port();
    }

    public Path dataFolder() {
        return config.dataFolder();
    }

    public static String version() {
        return Optional.ofNullable(SluiceServer.class.getPackage().getImplementationVersion())
                .orElse("development");
    }

    /** Takes no more statements, lets the running ones end within the time configured, cancels the rest, closes all. */
    @Override
    public void close() {
        running.end(config.drain(), GRACE);
        listener.stopListening();
        scope.close();
    }
}
