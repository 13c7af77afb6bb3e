package dev.sluice.planner;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.core.Ref;
import java.sql.SQLException;
import java.time.Instant;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

final class TimeTravelTest {
    @Test
    void tables_are_read_at_other_places_in_history() throws SQLException {
        try (var lake = new Lake().table("t", "id INTEGER").table("u", "id INTEGER")) {
            var scans = lake.query("SELECT * FROM t AT BRANCH \"feature/x\" a, t AT COMMIT 'deadbeef' AS b,"
                            + " u FOR SYSTEM_TIME AS OF TIMESTAMP '2024-01-31 10:00:00' c,"
                            + " u FOR SYSTEM_TIME AS OF '2024-01-31 10:00:00+02' d, u FOR SYSTEM_TIME AS OF DATE '2024-02-01'"
                            + " e, u FOR VERSION AS OF 1234567890123456789")
                    .scans();
            assertThat(scans)
                    .extracting(scan -> scan.table().ref().map(Ref::name).orElse(""))
                    .containsExactly("feature/x", "deadbeef", "", "", "", "");
            assertThat(scans)
                    .extracting(
                            scan -> scan.table().asOf().map(Instant::toString).orElse(""))
                    .containsExactly(
                            "", "", "2024-01-31T10:00:00Z", "2024-01-31T08:00:00Z", "2024-02-01T00:00:00Z", "");
            assertThat(scans.getLast().table().snapshotId()).isEqualTo(OptionalLong.of(1234567890123456789L));
        }
    }
}
