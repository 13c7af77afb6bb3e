package dev.sluice.catalog;

import static dev.sluice.catalog.CatalogFixture.assertFails;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.errorprone.annotations.MustBeClosed;
import dev.sluice.catalog.CatalogConfig.Auth;
import dev.sluice.core.Code;
import dev.sluice.core.Ref;
import dev.sluice.interop.Doorkeeper;
import dev.sluice.interop.RestCatalogServer;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A REST catalog behind a door: who may enter, and what those are told who may not. */
final class RestCatalogAuthTest {
    @TempDir
    private Path warehouse;

    private RestCatalogServer server;
    private Doorkeeper door;

    @BeforeEach
    void openDoor() throws Exception {
        server = RestCatalogServer.start(warehouse);
        door = new Doorkeeper(server.uri());
    }

    @AfterEach
    void closeDoor() {
        door.close();
        server.close();
    }

    @MustBeClosed
    private Catalog open(Auth auth) {
        var home = new CatalogConfig.Home.Rest(door.uri(""), Optional.empty(), auth);
        return Catalog.open(new CatalogConfig(home, warehouse, "main"), InstantSource.system());
    }

    private Auth client(String secret) {
        return new Auth.ClientCredentials(door.uri("/token"), "sluice", secret, Optional.empty());
    }

    @Test
    void a_token_opens() {
        assertOpens(new Auth.Bearer("secret-token"));
        assertFails(Code.FORBIDDEN, () -> assertOpens(new Auth.Bearer("another")))
                .hasMessageContaining("The Iceberg REST catalog at " + door.uri("") + " refuses this server");
        assertFails(Code.FORBIDDEN, () -> assertOpens(new Auth.None()));
    }

    @Test
    void client_credentials_open() {
        assertOpens(client("s3cret"));
        assertFails(Code.FORBIDDEN, () -> assertOpens(client("another"))).hasMessageContaining("unknown client");
    }

    /** Reads, and has changed: the default schema is made. */
    private void assertOpens(Auth auth) {
        try (var catalog = open(auth)) {
            assertThat(catalog.schemas(catalog.resolve(new Ref.Branch("main")))).containsExactly("public");
        }
    }
}
