package dev.sluice.catalog;

import com.google.errorprone.annotations.MustBeClosed;
import dev.sluice.core.QualifiedName;
import dev.sluice.core.Ref;
import dev.sluice.core.Scope;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Schema;
import org.apache.iceberg.SortOrder;
import org.apache.iceberg.Table;
import org.apache.iceberg.TableMetadata;
import org.assertj.core.api.Assertions;

/**
 * Another engine at the lake of a server that is down: makes and changes tables through Iceberg's own classes, as
 * Sluice itself would not.
 */
public final class OtherEngine implements AutoCloseable {
    private static final Ref.Branch MAIN = new Ref.Branch("main");
    private static final CommitNote NOTE = new CommitNote("another engine", "a change of its own");

    private final Path warehouse;
    private final LocalFileIO io = new LocalFileIO(Relocation.of(Path.of("")));
    private final Scope scope = Scope.open();
    private final TableCommits commits;

    /** @param data the server's folder, in which it has run before */
    @MustBeClosed
    @SuppressWarnings("MustBeClosedChecker") // the scope closes it
    public OtherEngine(Path data) {
        this.warehouse = data.resolve("warehouse");
        var clock = Clock.systemUTC();
        var repository = scope.own(EmbeddedRepository.open(data.resolve("catalog"), MAIN.name(), clock));
        var states = new NessieTables(new History(repository, clock), new Names(repository));
        this.commits = new TableCommits(states, new Tables(warehouse, io), io);
    }

    /** Makes a table of schema {@code public}, and its first changes, in one commit. */
    public void create(
            String name, Schema schema, PartitionSpec spec, Map<String, String> properties, Consumer<Table> change) {
        var location = warehouse.resolve(name).toString();
        var metadata = TableMetadata.newTableMetadata(schema, spec, SortOrder.unsorted(), location, properties);
        committed(commits.create(MAIN, name(name), metadata, NOTE, staged -> change.accept(staged.table())));
    }

    /** Changes a table in one commit. */
    public void change(String name, Consumer<Table> change) {
        var current = commits.load(name(name), MAIN);
        committed(commits.update(MAIN, current, NOTE, staged -> change.accept(staged.table())));
    }

    private static QualifiedName name(String name) {
        return new QualifiedName("public", name);
    }

    private static void committed(CommitOutcome outcome) {
        Assertions.assertThat(outcome).isInstanceOf(CommitOutcome.Committed.class);
    }

    @Override
    public void close() {
        scope.close();
    }
}
