package dev.sluice.server.flight;

import com.google.errorprone.annotations.MustBeClosed;
import dev.sluice.core.Scope;
import dev.sluice.server.query.Ingests;
import dev.sluice.server.query.LakeMetadata;
import dev.sluice.server.query.Queries;
import dev.sluice.server.session.Sessions;
import java.io.IOException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.apache.arrow.flight.FlightServer;
import org.apache.arrow.flight.Location;
import org.apache.arrow.memory.BufferAllocator;

/** The listening socket and the threads that serve its calls. */
public final class FlightListener implements AutoCloseable {
    private static final int HEADER_BYTES = 64 * 1024;
    private static final long THREAD_KEEP_SECONDS = 60;

    private final FlightServer server;
    private final Scope scope;

    private FlightListener(FlightServer server, Scope scope) {
        this.server = server;
        this.scope = scope;
    }

    /** What calls are answered with. */
    public record Services(Queries queries, LakeMetadata lake, Ingests ingests, Sessions sessions, String version) {}

    /** Listens; fails with an {@code IOException} where the address is taken. */
    @MustBeClosed
    public static FlightListener open(FlightConfig config, Services services, BufferAllocator allocator)
            throws IOException {
        var executor = threads(config.threads());
        var producer = new SluiceFlightProducer(
                services,
                new Handles(config),
                new MetadataResults(services.lake(), allocator, SqlInfo.builder(services.version())),
                executor,
                allocator);
        var server = FlightServer.builder(allocator, Location.forGrpcInsecure(config.host(), config.port()), producer)
                .executor(executor)
                .setMaxHeaderListSize(HEADER_BYTES)
                .middleware(SessionMiddleware.KEY, SessionMiddleware.factory(services.sessions()))
                .build();
        try {
            server.start();
        } catch (IOException e) {
            executor.shutdownNow();
            throw e;
        }
        return Scope.handOver(scope -> {
            scope.own(executor::shutdownNow);
            scope.own(server);
            return new FlightListener(server, scope);
        });
    }

    /** Calls end up in native code, which would pin the carrier of a virtual thread. */
    private static ExecutorService threads(int max) {
        var factory = Thread.ofPlatform().name("flight-", 0).daemon().factory();
        return new ThreadPoolExecutor(0, max, THREAD_KEEP_SECONDS, TimeUnit.SECONDS, new SynchronousQueue<>(), factory);
    }

    /** The port that is bound. */
    public int port() {
        return server.getPort();
    }

    /** Takes no more calls; those that run go on. */
    public void stopListening() {
        server.shutdown();
    }

    @Override
    public void close() {
        scope.close();
    }
}
