package dev.sluice.server;

import dev.sluice.catalog.CatalogConfig.Auth;
import dev.sluice.catalog.CatalogConfig.Home;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;

/** The keys that say where the catalog is, and who may call it. */
final class CatalogKeys {
    private static final URI NOWHERE = URI.create("http://localhost");

    private final ConfigReader config;

    CatalogKeys(ConfigReader config) {
        this.config = config;
    }

    /** The catalog's home: in this process, over a store in the folder, unless there is a {@code catalog.uri}. */
    Home home(Path store) {
        return config.find("catalog.uri")
                .<Home>map(uri -> new Home.RemoteNessie(address("catalog.uri", uri), auth()))
                .orElseGet(() -> new Home.Embedded(store));
    }

    private Auth auth() {
        var type = config.find("catalog.auth.type").orElse("none");
        return switch (type) {
            case "none" -> new Auth.None();
            case "bearer" -> new Auth.Bearer(needed("catalog.auth.token", type));
            case "oauth2" ->
                new Auth.ClientCredentials(
                        address("catalog.auth.token-endpoint", needed("catalog.auth.token-endpoint", type)),
                        needed("catalog.auth.client-id", type),
                        needed("catalog.auth.client-secret", type),
                        config.find("catalog.auth.scope"));
            default -> {
                config.problem("catalog.auth.type", "expected none, bearer or oauth2, not " + type);
                yield new Auth.None();
            }
        };
    }

    private String needed(String key, String type) {
        Optional<String> value = config.find(key);
        if (value.isEmpty()) {
            config.problem(key, "needed with catalog.auth.type = " + type);
        }
        return value.orElse("");
    }

    private URI address(String key, String text) {
        try {
            var uri = URI.create(text);
            if (uri.getHost() != null && uri.getScheme().matches("https?")) {
                return uri;
            }
        } catch (IllegalArgumentException e) {
            // told below
        }
        if (!text.isEmpty()) {
            config.problem(key, "expected an address such as https://host:19120/api/v2, not " + text);
        }
        return NOWHERE;
    }
}
