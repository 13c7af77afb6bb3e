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

    /** The catalog's home: over a store in the folder, or a server, which is a Nessie unless its type is told. */
    Home home(Path store) {
        var uri = config.find("catalog.uri");
        var type = config.find("catalog.type").orElse(uri.isPresent() ? "nessie" : "embedded");
        return switch (type) {
            case "embedded" -> {
                uri.ifPresent(_ -> config.problem("catalog.uri", "has no use with catalog.type = embedded"));
                yield new Home.Embedded(store);
            }
            case "nessie" -> new Home.RemoteNessie(server(uri, type, "https://host:19120/api/v2"), auth());
            case "rest" ->
                new Home.Rest(server(uri, type, "https://host:8181"), config.find("catalog.warehouse-name"), auth());
            default -> {
                config.problem("catalog.type", "expected embedded, nessie or rest, not " + type);
                yield new Home.Embedded(store);
            }
        };
    }

    private URI server(Optional<String> uri, String type, String example) {
        if (uri.isEmpty()) {
            config.problem("catalog.uri", "needed with catalog.type = " + type);
        }
        return uri.map(text -> address("catalog.uri", text, example)).orElse(NOWHERE);
    }

    private Auth auth() {
        var type = config.find("catalog.auth.type").orElse("none");
        return switch (type) {
            case "none" -> new Auth.None();
            case "bearer" -> new Auth.Bearer(needed("catalog.auth.token", type));
            case "oauth2" ->
                new Auth.ClientCredentials(
                        address(
                                "catalog.auth.token-endpoint",
                                needed("catalog.auth.token-endpoint", type),
                                "https://host/token"),
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

    private URI address(String key, String text, String example) {
        try {
            var uri = URI.create(text);
            if (uri.getHost() != null && uri.getScheme().matches("https?")) {
                return uri;
            }
        } catch (IllegalArgumentException e) {
            // told below
        }
        if (!text.isEmpty()) {
            config.problem(key, "expected an address such as " + example + ", not " + text);
        }
        return NOWHERE;
    }
}
