package dev.sluice.catalog;

import dev.sluice.core.QualifiedName;
import dev.sluice.core.Ref;
import java.util.List;
import java.util.Optional;
import org.apache.iceberg.TableMetadata;
import org.projectnessie.model.Content;
import org.projectnessie.model.IcebergTable;
import org.projectnessie.model.Operation;

/** Tables as entries of a Nessie: each names the metadata file that is the table's state. Thread-safe. */
final class NessieTables implements TableStates {
    private static final long NO_SNAPSHOT = -1;

    private final History history;
    private final Names names;

    NessieTables(History history, Names names) {
        this.history = history;
        this.names = names;
    }

    @Override
    public Commit head(Ref.Branch branch) {
        return history.resolve(branch);
    }

    @Override
    public Optional<Current> find(QualifiedName name, Commit head) {
        return findEntry(name, head)
                .map(entry ->
                        new Current(head, entry.name(), content(entry, head).getMetadataLocation()));
    }

    private Optional<Names.Entry> findEntry(QualifiedName name, Commit head) {
        return names.at(head).find(name).filter(entry -> entry.type().equals(Content.Type.ICEBERG_TABLE));
    }

    private Names.Entry entry(QualifiedName name, Commit head) {
        return findEntry(name, head).orElseThrow(() -> CatalogFailures.tableNotFound(name));
    }

    private IcebergTable content(Names.Entry entry, Commit head) {
        return (IcebergTable) names.content(head, entry);
    }

    @Override
    public QualifiedName free(QualifiedName name, Commit head) {
        return names.at(head).freeName(name);
    }

    @Override
    public CommitOutcome create(
            Ref.Branch branch, Commit head, QualifiedName name, StagedTable staged, CommitNote note) {
        var put = Operation.Put.of(Names.key(name.schema(), name.name()), content(staged));
        return history.commit(branch, head, List.of(put), note);
    }

    @Override
    public CommitOutcome update(Ref.Branch branch, Current current, StagedTable staged, CommitNote note) {
        var entry = entry(current.name(), current.head());
        var content = content(staged).withId(content(entry, current.head()).getId());
        return history.commit(branch, current.head(), List.of(Operation.Put.of(entry.key(), content)), note);
    }

    @Override
    public CommitOutcome restore(Ref.Branch branch, QualifiedName name, TableMetadata then, CommitNote note) {
        var head = history.resolve(branch);
        var location = then.metadataFileLocation();
        var put = findEntry(name, head)
                .map(entry -> Operation.Put.of(
                        entry.key(),
                        content(location, then).withId(content(entry, head).getId())))
                .orElseGet(() -> Operation.Put.of(names.at(head).freeKey(name), content(location, then)));
        return history.commit(branch, head, List.of(put), note);
    }

    /** Writes the table's metadata file, and gives the content that points to it. */
    static IcebergTable content(StagedTable staged) {
        return content(staged.write(), staged.current());
    }

    private static IcebergTable content(String location, TableMetadata table) {
        var snapshot = table.currentSnapshot();
        return IcebergTable.of(
                location,
                snapshot == null ? NO_SNAPSHOT : snapshot.snapshotId(),
                table.currentSchemaId(),
                table.defaultSpecId(),
                table.defaultSortOrderId());
    }

    @Override
    public String changer(Current current, Commit base) {
        return history.lastChange(entry(current.name(), current.head()).key(), current.head(), base)
                .map(commit -> ", by commit " + commit)
                .orElse("");
    }

    /** The table's files stay: other commits have it. */
    CommitOutcome drop(Ref.Branch branch, QualifiedName name, CommitNote note) {
        var head = history.resolve(branch);
        return history.commit(
                branch, head, List.of(Operation.Delete.of(entry(name, head).key())), note);
    }

    /** What has a new name is the same table or view: its history and its files stay. */
    CommitOutcome rename(Ref.Branch branch, Change.Rename change, CommitNote note) {
        var head = history.resolve(branch);
        var listing = names.at(head);
        var entry = listing.find(change.name()).orElseThrow(() -> CatalogFailures.tableNotFound(change.name()));
        var changesCaseAlone = listing.find(change.to()).filter(entry::equals).isPresent();
        var key =
                changesCaseAlone ? Names.key(entry.name().schema(), change.to().name()) : listing.freeKey(change.to());
        if (key.equals(entry.key())) {
            return new CommitOutcome.Committed(head);
        }
        var operations = List.of(Operation.Delete.of(entry.key()), Operation.Put.of(key, names.content(head, entry)));
        return history.commit(branch, head, operations, note);
    }
}
