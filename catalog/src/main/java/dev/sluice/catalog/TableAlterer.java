package dev.sluice.catalog;

import dev.sluice.core.Ref;
import java.util.Optional;

/** Changes what a table is, and leaves its rows. Thread-safe. */
final class TableAlterer {
    private final Tables tables;
    private final TableCommits commits;
    private final NullProof nulls;

    TableAlterer(Tables tables, TableCommits commits, NullProof nulls) {
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

    private Optional<String> replaced(TableStates.Current current, TableVersion base) {
        var isSame = commits.metadata(current)
                .uuid()
                .equals(tables.metadata(base.metadataLocation()).uuid());
        return isSame
                ? Optional.empty()
                : Optional.of("Table '" + base.name() + "' was replaced by another one"
                        + commits.changer(current, base.commit()));
    }
}
