package dev.sluice.catalog;

import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Where the lake is.
 *
 * @param home what keeps the names of the tables, and their history
 * @param warehouse folder of the tables' files
 * @param defaultBranch created where it is missing, and never dropped
 */
public record CatalogConfig(Home home, Path warehouse, String defaultBranch) {
    /** Where a catalog lives: in this process, or in a server that other engines use as well. */
    public sealed interface Home {
        /** A Nessie in this process, over a store of its own. */
        record Embedded(Path store) implements Home {}

        /**
         * A Nessie server.
         *
         * @param uri of its API, version 2: {@code http://host:19120/api/v2}
         */
        record RemoteNessie(URI uri, Auth auth) implements Home {}

        /**
         * An Iceberg REST catalog.
         *
         * @param uri below which its API has {@code /v1}
         * @param warehouse what the server calls the warehouse; empty where it has only one
         */
        record Rest(URI uri, Optional<String> warehouse, Auth auth) implements Home {}
    }

    /** How the server is told who calls. Its text shows no secret. */
    public sealed interface Auth {
        record None() implements Auth {}

        record Bearer(String token) implements Auth {
            @Override
            public String toString() {
                return "Bearer[…]";
            }
        }

        /**
         * OAuth2 with the grant of client credentials.
         *
         * @param scope empty for the server's own choice
         */
        record ClientCredentials(URI tokenEndpoint, String clientId, String clientSecret, Optional<String> scope)
                implements Auth {
            @Override
            public String toString() {
                return "ClientCredentials[" + tokenEndpoint + ", " + clientId + ", …]";
            }
        }
    }
}
