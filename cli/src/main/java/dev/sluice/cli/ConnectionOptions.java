package dev.sluice.cli;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which server to speak to, and about what: the options that say so. */
final class ConnectionOptions {
    @Option(
            names = "--url",
            paramLabel = "URL",
            description = "The server's address, such as grpc://127.0.0.1:31337; instead of --host and --port.")
    private @Nullable String url;

    @Option(names = "--host", paramLabel = "HOST", description = "Default: ${DEFAULT-VALUE}.")
    private String host = Endpoint.DEFAULT_HOST;

    @Option(names = "--port", paramLabel = "PORT", description = "Default: ${DEFAULT-VALUE}.")
    private int port = Endpoint.DEFAULT_PORT;

    @Option(names = "--ref", paramLabel = "REF", description = "Branch, tag or commit to begin on. Default: main.")
    private @Nullable String ref;

    @Option(names = "--schema", paramLabel = "SCHEMA", description = "Schema to begin in. Default: public.")
    private @Nullable String schema;

    /** @throws IllegalArgumentException if the URL is none */
    Endpoint endpoint() {
        return url == null ? new Endpoint(host, port, false) : Endpoint.parse(url);
    }

    Optional<String> ref() {
        return Optional.ofNullable(ref);
    }

    /** What the server is told with each call. */
    Map<String, String> headers() {
        var headers = new LinkedHashMap<String, String>();
        if (ref != null) {
            headers.put("ref", ref);
        }
        if (schema != null) {
            headers.put("schema", schema);
        }
        return headers;
    }
}
