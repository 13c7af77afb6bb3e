package dev.sluice.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Eight writers move money between accounts of two tables and tell a third one, each transfer in a transaction, while
 * the server is killed again and again. {@code -Dsluice.jepsen.minutes=10 -Dsluice.jepsen.kills=20} runs it for long.
 */
final class TransfersTest {
    private static final System.Logger LOG = System.getLogger(TransfersTest.class.getName());
    private static final int WRITERS = 8;
    private static final int TRANSFERS_OF_A_ROUND = 30;
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final long MINUTES = Long.getLong("sluice.jepsen.minutes", 0);
    private static final int KILLS = Integer.getInteger("sluice.jepsen.kills", 3);

    @TempDir
    private Path data;

    private final Random random = new Random(20_261_124);
    private final Map<String, Transfer.Outcome> transfers = new ConcurrentHashMap<>();

    @Test
    void no_kill_leaves_half_a_transfer_loses_one_or_leaves_a_transaction_open()
            throws IOException, SQLException, InterruptedException {
        for (var kill = 0; kill < KILLS; kill++) {
            try (var server = Served.start(data)) {
                var port = server.port();
                try (var connection = Lake.connect(port, "")) {
                    if (kill == 0) {
                        Ledger.create(connection);
                    }
                    assertThat(Lake.rows(connection, Ledger.TOTAL)).containsExactly(Ledger.MONEY);
                }
                var writers = write(port, kill);
                awaitRound();
                server.kill();
                server.await(PATIENCE);
                writers.shutdown();
                assertThat(writers.awaitTermination(PATIENCE.toMillis(), TimeUnit.MILLISECONDS))
                        .isTrue();
            }
        }
        var collected = check(true);
        assertThat(check(false))
                .as("transactions that two starts had to collect")
                .isZero();
        LOG.log(
                Level.INFO,
                "{0} kills, transfers {1}, transactions collected by the last start: {2}",
                KILLS,
                counts(),
                collected);
    }

    private Map<Transfer.Outcome, Long> counts() {
        return transfers.values().stream().collect(Collectors.groupingBy(o -> o, Collectors.counting()));
    }

    private ExecutorService write(int port, int round) {
        var writers = Executors.newFixedThreadPool(WRITERS);
        for (var writer = 0; writer < WRITERS; writer++) {
            var name = round + "." + writer;
            var seed = random.nextLong();
            writers.execute(() -> new Transfer(port, name, new Random(seed), transfers).repeat());
        }
        return writers;
    }

    /** Until enough transfers have happened, and then for a while at random: no transfer is safe. */
    private void awaitRound() throws InterruptedException {
        var deadline = System.nanoTime() + PATIENCE.toNanos();
        var enough = transfers.size() + TRANSFERS_OF_A_ROUND;
        var until = System.nanoTime()
                + TimeUnit.MINUTES.toNanos(MINUTES) / Math.max(1, KILLS)
                + TimeUnit.MILLISECONDS.toNanos(random.nextInt(2_000));
        while (transfers.size() < enough || System.nanoTime() < until) {
            assertThat(System.nanoTime()).as("a round ends").isLessThan(Math.max(deadline, until + PATIENCE.toNanos()));
            Thread.sleep(10);
        }
    }

    /** Starts and ends a server: how many transactions it collected that had been left open. */
    private long check(boolean everyCommit) throws IOException, SQLException, InterruptedException {
        try (var server = Served.start(data)) {
            try (var connection = Lake.connect(server.port(), "")) {
                var ledger = new Ledger(connection);
                ledger.assertTransfers(transfers);
                ledger.assertBalances();
                if (everyCommit) {
                    Lake.rows(connection, "REMOVE ORPHAN FILES OLDER THAN '0 minutes' FORCE");
                    LOG.log(Level.INFO, "{0} commits have the total", ledger.assertTotalAtEveryCommit());
                }
            }
            server.end();
            server.await(PATIENCE);
            return server.said().stream()
                    .filter(line -> line.contains("Collecting a transaction that was left open"))
                    .count();
        }
    }
}
