package dev.sluice.server;

import dev.sluice.core.FailureException;
import dev.sluice.s3.S3Config;
import dev.sluice.s3.S3Config.Addressing;
import dev.sluice.s3.S3Config.Keys;
import dev.sluice.s3.S3Uri;
import dev.sluice.server.files.FileConfig;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Optional;

/** The keys that say where objects are, who asks for them, and what COPY INTO may read of them. */
final class S3Settings {
    private final ConfigReader config;

    S3Settings(ConfigReader config) {
        this.config = config;
    }

    /** With an endpoint, a bucket is named in the path unless told otherwise: few servers but Amazon's know better. */
    S3Config config() {
        var endpoint = config.find("s3.endpoint").flatMap(this::address);
        return new S3Config(endpoint, config.find("s3.region"), addressing(endpoint.isPresent()), keys());
    }

    private Optional<URI> address(String text) {
        try {
            var uri = URI.create(text);
            if (uri.getHost() != null && uri.getScheme().matches("https?")) {
                return Optional.of(uri);
            }
        } catch (IllegalArgumentException e) {
            // told below
        }
        config.problem("s3.endpoint", "expected an address such as https://host:9000, not " + text);
        return Optional.empty();
    }

    private Addressing addressing(boolean isOwnServer) {
        var text = config.find("s3.path-style-access").orElse(Boolean.toString(isOwnServer));
        return switch (text) {
            case "true" -> Addressing.PATH;
            case "false" -> Addressing.VIRTUAL_HOST;
            default -> {
                config.problem("s3.path-style-access", "expected true or false, not " + text);
                yield Addressing.PATH;
            }
        };
    }

    private Optional<Keys> keys() {
        var id = config.find("s3.access-key-id");
        var secret = config.find("s3.secret-access-key");
        var token = config.find("s3.session-token");
        if (id.isPresent() != secret.isPresent()) {
            config.problem(
                    id.isPresent() ? "s3.secret-access-key" : "s3.access-key-id",
                    "needed with the other half of the key");
        }
        if (token.isPresent() && id.isEmpty()) {
            config.problem("s3.session-token", "needs s3.access-key-id and s3.secret-access-key");
        }
        return id.flatMap(name -> secret.map(value -> new Keys(name, value, token)));
    }

    /** What COPY INTO may read; absent where that is anything. */
    Optional<FileConfig.Folders> folders() {
        return config.find("copy.folders").map(list -> {
            var local = new ArrayList<Path>();
            var buckets = new ArrayList<S3Uri>();
            for (var folder : list.split(",")) {
                if (S3Uri.isOne(folder.strip())) {
                    bucket(folder.strip()).ifPresent(buckets::add);
                } else {
                    local.add(Path.of(folder.strip()).toAbsolutePath().normalize());
                }
            }
            return new FileConfig.Folders(local, buckets);
        });
    }

    private Optional<S3Uri> bucket(String text) {
        try {
            return Optional.of(S3Uri.of(text));
        } catch (FailureException e) {
            config.problem("copy.folders", e.failure().message());
            return Optional.empty();
        }
    }
}
