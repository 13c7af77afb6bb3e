package dev.sluice.cli;

import java.net.URI;
import java.net.URISyntaxException;
import org.apache.arrow.flight.Location;

/** Where a server listens. */
record Endpoint(String host, int port, boolean tls) {
    static final String DEFAULT_HOST = "127.0.0.1";
    static final int DEFAULT_PORT = 31337;

    /** Reads {@code grpc://host:port}, {@code grpc+tls://host:port}, or {@code host:port}. */
    static Endpoint parse(String url) {
        try {
            var uri = new URI(url.contains("://") ? url : "grpc://" + url);
            var scheme = uri.getScheme();
            var tls = "grpc+tls".equals(scheme) || "grpcs".equals(scheme);
            var host = uri.getHost();
            if (host == null || !(tls || "grpc".equals(scheme) || "grpc+tcp".equals(scheme))) {
                throw invalid(url);
            }
            return new Endpoint(host, uri.getPort() < 0 ? DEFAULT_PORT : uri.getPort(), tls);
        } catch (URISyntaxException _) {
            throw invalid(url);
        }
    }

    private static IllegalArgumentException invalid(String url) {
        return new IllegalArgumentException(
                "Invalid URL '" + url + "': expected grpc://host:port, such as grpc://127.0.0.1:31337");
    }

    Location location() {
        return tls ? Location.forGrpcTls(host, port) : Location.forGrpcInsecure(host, port);
    }

    String jdbcUrl() {
        return "jdbc:arrow-flight-sql://" + host + ":" + port + (tls ? "/" : "/?useEncryption=false");
    }

    @Override
    public String toString() {
        return (tls ? "grpc+tls://" : "grpc://") + host + ":" + port;
    }
}
