package dev.sluice.interop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.sluice.server.ServerConfig;
import dev.sluice.server.SluiceServer;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Tables that Spark makes and Sluice reads and changes, and the other way round: both sit at one Nessie server and one
 * warehouse, and must see the same rows. Writes {@code docs/interop.md} when all went well.
 */
@Tag("spark")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class SparkMatrixTest {
    private static final Logger LOG = System.getLogger(SparkMatrixTest.class.getName());
    private static final int SPARKS_JAVA = 17;
    private static final Path FOLDER = Path.of(System.getProperty("interop.spark"));

    private final InteropPage page = new InteropPage();
    private int tables;
    private int equal;
    private SluiceServer server;
    private SluiceRows sluice;
    private Spark spark;

    /** Every second table, which takes minutes, and those with a refusal; all of them with {@code interop.whole}. */
    static List<Cell> cells() {
        var all = Stream.concat(SparkCells.all().stream(), SluiceCells.all().stream())
                .toList();
        return IntStream.range(0, all.size())
                .filter(i -> Boolean.getBoolean("interop.whole")
                        || i % 2 == 0
                        || all.get(i).unchanged().isPresent())
                .mapToObj(all::get)
                .toList();
    }

    @BeforeAll
    @SuppressWarnings("MustBeClosedChecker") // close() does
    void open(@TempDir Path data, @TempDir Path warehouse) throws IOException {
        var jdk = Jdks.find(SPARKS_JAVA);
        assumeTrue(jdk.isPresent(), "Spark needs a JDK " + SPARKS_JAVA + ", and there is none in the usual folders");
        var nessie = NessieServer.emptied();
        server = SluiceServer.open(ServerConfig.read(
                Optional.empty(),
                Map.of(
                        "data.folder", data.toString(),
                        "catalog.uri", nessie.uri().toString(),
                        "catalog.warehouse", warehouse.toString(),
                        "flight.port", "0",
                        "engine.memory", "1GB")));
        sluice = new SluiceRows(server.port());
        spark = Spark.start(jdk.get(), FOLDER, nessie, warehouse);
    }

    @AfterAll
    void close() throws Exception {
        if (spark != null) {
            spark.close();
            sluice.close();
            server.close();
        }
        if (equal > 0 && equal == tables) {
            page.write(FOLDER.resolve("../../docs/interop.md"));
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cells")
    void both_sides_see_the_same_rows(Cell cell) throws Exception {
        tables++;
        try {
            check(cell, "t" + tables);
        } catch (Exception | AssertionError e) {
            LOG.log(Level.ERROR, cell + ": " + e.getMessage());
            throw e;
        }
        page.add(cell);
        equal++;
    }

    private void check(Cell cell, String table) throws Exception {
        for (var sql : cell.statements()) {
            run(cell.writer(), sql, table);
        }
        if (cell.unread().isPresent()) {
            assertRefused(cell.unread().get(), () -> rows(cell.writer().other(), table));
        } else {
            assertSame(table);
        }
        if (cell.unchanged().isPresent()) {
            assertRefused(cell.unchanged().get(), () -> run(cell.writer().other(), cell.change(), table));
        } else {
            run(cell.writer().other(), cell.change(), table);
            assertSame(table);
        }
    }

    private void assertSame(String table) throws Exception {
        assertThat(rows(Cell.Side.SLUICE, table))
                .isNotEmpty()
                .containsExactlyInAnyOrderElementsOf(rows(Cell.Side.SPARK, table));
    }

    private static void assertRefused(String message, ThrowingCallable body) {
        assertThatThrownBy(body).hasMessageContaining(message);
    }

    private List<String> rows(Cell.Side side, String table) throws Exception {
        var sql = "SELECT * FROM " + named(side, table);
        return switch (side) {
            case SPARK -> spark.run(sql);
            case SLUICE -> sluice.query(sql);
        };
    }

    private void run(Cell.Side side, String template, String table) {
        var sql = template.replace("$t", named(side, table));
        switch (side) {
            case SPARK -> spark.run(sql);
            case SLUICE -> sluice.update(sql);
        }
    }

    private static String named(Cell.Side side, String table) {
        return (side == Cell.Side.SPARK ? "nessie.public." : "public.") + table;
    }
}
