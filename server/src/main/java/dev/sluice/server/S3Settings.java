package dev.sluice.server;

import dev.sluice.core.FailureException;
import dev.sluice.s3.ObjectFolder;
import dev.sluice.s3.S3Config;
import dev.sluice.s3.S3Config.Addressing;
import dev.sluice.s3.S3Config.Keys;
import dev.sluice.s3.S3Uri;
import dev.sluice.server.files.FileConfig;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Optional;
import java.util.regex.Pattern;

/** The keys that say where objects are, who asks for them, and what COPY INTO may read of them. */
final class S3Settings {
    private static final Pattern END = Pattern.compile("/+$");

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

    /**
     * Where the tables' files are.
     *
     * @param path the folder, or the place of the objects in the cache
     * @param cache where the files are objects
     */
    record Warehouse(Path path, Optional<ServerConfig.Cache> cache) {}

    /** A folder, or objects with a cache in the data folder. */
    Warehouse warehouse(Path data, long cacheBytes) {
        var text = config.find("catalog.warehouse");
        var cache = data.resolve("objects");
        var objects = text.filter(S3Uri::isOne)
                .flatMap(uri -> uri("catalog.warehouse", uri))
                .flatMap(uri -> place(new ObjectFolder(cache), uri));
        return objects.map(path -> new Warehouse(path, Optional.of(new ServerConfig.Cache(cache, cacheBytes))))
                .orElseGet(() -> new Warehouse(
                        text.map(folder -> Path.of(folder).toAbsolutePath().normalize())
                                .orElse(data.resolve("warehouse")),
                        Optional.empty()));
    }

    /** What COPY INTO may read; absent where that is anything. */
    Optional<FileConfig.Folders> folders() {
        return config.find("copy.folders").map(list -> {
            var local = new ArrayList<Path>();
            var buckets = new ArrayList<S3Uri>();
            for (var folder : list.split(",")) {
                if (S3Uri.isOne(folder.strip())) {
                    uri("copy.folders", folder.strip()).ifPresent(buckets::add);
                } else {
                    local.add(Path.of(folder.strip()).toAbsolutePath().normalize());
                }
            }
            return new FileConfig.Folders(local, buckets);
        });
    }

    private Optional<Path> place(ObjectFolder cache, S3Uri uri) {
        try {
            return Optional.of(cache.path(uri));
        } catch (FailureException e) {
            config.problem("catalog.warehouse", e.failure().message());
            return Optional.empty();
        }
    }

    private Optional<S3Uri> uri(String key, String text) {
        try {
            var uri = S3Uri.of(text);
            return Optional.of(new S3Uri(uri.bucket(), END.matcher(uri.key()).replaceAll("")));
        } catch (FailureException e) {
            config.problem(key, e.failure().message());
            return Optional.empty();
        }
    }
}
