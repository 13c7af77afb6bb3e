package dev.sluice.server.query;

import dev.sluice.catalog.Change;
import dev.sluice.catalog.CommitNote;
import dev.sluice.planner.Statement;
import dev.sluice.planner.TableRef;

/** Changes of what a table is: altered and renamed. Thread-safe. */
final class TableDefinitions {
    private final Commits commits;

    TableDefinitions(Commits commits) {
        this.commits = commits;
    }

    void alter(Statement.AlterTable alter, Plan plan, CommitNote note) {
        var branch = Commits.branch(plan, alter.table());
        if (alter.ifExists() && isMissing(alter.table(), plan)) {
            return;
        }
        var table = plan.tables().load(alter.table());
        commits.commit(branch, new Change.AlterTable(table, alter.actions()), note);
    }

    void rename(Statement.RenameTable rename, Plan plan, CommitNote note) {
        var branch = Commits.branch(plan, rename.table());
        if (rename.ifExists() && isMissing(rename.table(), plan)) {
            return;
        }
        var table = plan.tables().load(rename.table());
        commits.commit(branch, new Change.Rename(table.name(), rename.to()), note);
    }

    /** The table need not be there now. */
    void revert(Statement.RevertTable revert, Plan plan, CommitNote note) {
        var branch = Commits.branch(plan, revert.table());
        var to = plan.tables().load(revert.to());
        commits.commit(branch, new Change.RevertTable(to), note);
    }

    private static boolean isMissing(TableRef table, Plan plan) {
        return plan.tables().version(table).isEmpty()
                && plan.tables().view(table).isEmpty();
    }
}
