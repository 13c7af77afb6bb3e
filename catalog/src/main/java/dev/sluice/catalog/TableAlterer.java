package dev.sluice.catalog;

import dev.sluice.core.Ref;
import java.util.List;
import java.util.Optional;
import org.projectnessie.model.Operation;

/** Changes what a table is, and leaves its rows. Thread-safe. */
final class TableAlterer {
    private final History history;
    private final Names names;
    private final Tables tables;
    private final TableCommits commits;
    private final NullProof nulls;

    TableAlterer(History history, Names names, Tables tables, TableCommits commits, NullProof nulls) {
        this.history = history;
        this.names = names;
        this.tables = tables;
        this.commits = commits;
        this.nulls = nulls;
    }

    /** Makes the changes on whatever the table has become, as long as it is the same table and they are still valid. */
    CommitOutcome alter(Ref.Branch branch, Change.AlterTable change, CommitNote note) {
        var base = change.base();
        return commits.updateHead(
                branch,
                base.name(),
                note,
                current -> replaced(current, base),
                staged -> new Alterations(staged, base.name(), nulls).apply(change.alterations()));
    }

    private Optional<String> replaced(TableCommits.Current current, TableVersion base) {
        var isSame = commits.metadata(current)
                .uuid()
                .equals(tables.metadata(base.metadataLocation()).uuid());
        return isSame
                ? Optional.empty()
                : Optional.of("Table '" + base.name() + "' was replaced by another one"
                        + commits.changer(current, base.commit()));
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
