package dev.sluice.catalog;

import static dev.sluice.catalog.CatalogFixture.assertFails;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.errorprone.annotations.MustBeClosed;
import dev.sluice.catalog.CatalogConfig.Auth;
import dev.sluice.core.Code;
import dev.sluice.core.Ref;
import dev.sluice.interop.Doorkeeper;
import dev.sluice.interop.NessieServer;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A Nessie behind a door: who may enter, and what those are told who may not. */
final class RemoteNessieAuthTest {
    @TempDir
    private Path warehouse;

    private Doorkeeper door;

    @BeforeEach
    void openDoor() throws IOException {
        door = new Doorkeeper(NessieServer.emptied().uri());
    }

    @AfterEach
    void closeDoor() {
        door.close();
    }

    @MustBeClosed
    private Catalog open(Auth auth) {
        var home = new CatalogConfig.Home.RemoteNessie(door.uri("/api/v2"), auth);
        return Catalog.open(new CatalogConfig(home, warehouse, "main"), InstantSource.system());
    }

    private Auth client(String secret) {
        return new Auth.ClientCredentials(door.uri("/token"), "sluice", secret, Optional.empty());
    }

    @Test
    void a_token_opens() {
        assertOpens(new Auth.Bearer("secret-token"));
        assertFails(Code.FORBIDDEN, () -> assertOpens(new Auth.Bearer("another")))
                .hasMessageContaining("Nessie at " + door.uri("/api/v2") + " refuses this server");
        assertFails(Code.FORBIDDEN, () -> assertOpens(new Auth.None()));
    }

    @Test
    void client_credentials_open() {
        assertOpens(client("s3cret"));
        assertFails(Code.FORBIDDEN, () -> assertOpens(client("another"))).hasMessageContaining("invalid_client");
    }

    private void assertOpens(Auth auth) {
        try (var catalog = open(auth)) {
            assertThat(catalog.schemas(catalog.resolve(new Ref.Branch("main")))).containsExactly("public");
        }
    }

    @Test
    void secrets_are_not_printed() {
        assertThat(client("s3cret") + " " + new Auth.Bearer("secret-token")).doesNotContain("s3cret", "secret-token");
    }
}
