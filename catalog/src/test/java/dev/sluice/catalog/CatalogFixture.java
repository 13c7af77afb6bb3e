package dev.sluice.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.catalog.CommitOutcome.Committed;
import dev.sluice.core.Code;
import dev.sluice.core.DataFile;
import dev.sluice.core.DataFile.ColumnStats;
import dev.sluice.core.FailureException;
import dev.sluice.core.Filter;
import dev.sluice.core.PartitionField;
import dev.sluice.core.QualifiedName;
import dev.sluice.core.Ref;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.Schema;
import org.assertj.core.api.AbstractThrowableAssert;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A catalog in a folder of its own, and short words for what tests do with it. */
abstract class CatalogFixture {
    static final Ref.Branch MAIN = new Ref.Branch("main");
    static final Ref.Branch DEV = new Ref.Branch("dev");
    static final QualifiedName ORDERS = new QualifiedName("public", "orders");
    static final CommitNote NOTE = new CommitNote("ada", "a test");

    static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    static final Schema COLUMNS = new Schema(List.of(
            Field.nullable("id", new ArrowType.Int(64, true)), Field.nullable("city", ArrowType.Utf8.INSTANCE)));

    @TempDir
    Path folder;

    /** A minute passes with each look. */
    private final InstantSource minutes = new InstantSource() {
        private Instant now = START;

        @Override
        public synchronized Instant instant() {
            now = now.plusSeconds(60);
            return now;
        }
    };

    Catalog catalog;

    /** What gives commits their times. */
    InstantSource clock() {
        return minutes;
    }

    abstract Catalog open(Path folder);

    @BeforeEach
    void openCatalog() {
        catalog = open(folder);
    }

    @AfterEach
    void closeCatalog() {
        catalog.close();
    }

    void reopen() {
        catalog.close();
        catalog = open(folder);
    }

    static AbstractThrowableAssert<?, ? extends Throwable> assertFails(Code code, ThrowingCallable body) {
        return assertThatThrownBy(body)
                .isInstanceOfSatisfying(
                        FailureException.class,
                        e -> assertThat(e.failure().code()).as(e.getMessage()).isEqualTo(code));
    }

    Commit commit(Ref.Branch branch, Change change) {
        var outcome = catalog.commit(branch, change, NOTE);
        assertThat(outcome).isInstanceOf(Committed.class);
        return ((Committed) outcome).commit();
    }

    TableVersion draft(QualifiedName name, PartitionField... partitioning) {
        return catalog.draft(name, COLUMNS, List.of(partitioning), Map.of(), Optional.empty(), catalog.resolve(MAIN));
    }

    Commit createOrders(List<DataFile> files) {
        return commit(MAIN, new Change.CreateTable(draft(ORDERS), files));
    }

    TableVersion load(QualifiedName name, Ref ref) {
        return catalog.findTable(name, catalog.resolve(ref)).orElseThrow();
    }

    /** A file whose ids lie between the two. */
    static DataFile file(String name, long min, long max, String... partition) {
        var id = new ColumnStats(
                10, 0, OptionalLong.of(80), Optional.of(Long.toString(min)), Optional.of(Long.toString(max)));
        return new DataFile(
                Path.of("/data", name),
                10,
                1_000,
                Map.of(1, id),
                List.of(partition).stream().map(Optional::of).toList());
    }

    List<String> scan(QualifiedName name) {
        return scan(load(name, MAIN), ScanFiles.Request.ALL);
    }

    List<String> scan(TableVersion table, ScanFiles.Request request) {
        return catalog.files(table, request).files().stream()
                .map(file -> file.path().getFileName().toString())
                .toList();
    }

    static ScanFiles.Request where(String column, Filter.Operator operator, Object value) {
        return new ScanFiles.Request(Optional.of(new Filter.Comparison(column, operator, value)));
    }
}
