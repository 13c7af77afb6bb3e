package dev.sluice.server;

import com.google.errorprone.annotations.MustBeClosed;
import java.nio.file.Path;

/** The running server. */
public final class SluiceServer implements AutoCloseable {
    private final ServerConfig config;

    private SluiceServer(ServerConfig config) {
        this.config = config;
    }

    @MustBeClosed
    public static SluiceServer open(ServerConfig config) {
        return new SluiceServer(config);
    }

    public static String version() {
        return "0.1.0";
    }

    public String host() {
        return config.host();
    }

    public int port() {
        return config.port();
    }

    public Path dataFolder() {
        return config.dataFolder();
    }

    @Override
    public void close() {}
}
