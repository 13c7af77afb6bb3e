package dev.sluice.server.query;

import dev.sluice.core.Code;
import dev.sluice.core.Failure;
import dev.sluice.core.FailureException;
import dev.sluice.core.Isolation;
import dev.sluice.planner.Statement;
import dev.sluice.planner.TableRef;
import dev.sluice.server.session.Session;
import java.util.Optional;

/** What statements may be part of a transaction, which has one branch and stays on it. */
final class TransactionRules {
    private TransactionRules() {}

    /** Whether a definition changes what the branch holds; fails for one that no transaction may have. */
    static boolean isChange(Statement.Definition definition) {
        return switch (definition) {
            case Statement.AlterTable _,
                    Statement.RevertTable _,
                    Statement.RenameTable _,
                    Statement.ChangeView _,
                    Statement.DropTable _,
                    Statement.CreateSchema _,
                    Statement.DropSchema _,
                    Statement.CreateFunction _,
                    Statement.DropFunction _ -> true;
            case Statement.UseSchema _ -> false;
            case Statement.CreateRef _ -> throw refused("CREATE BRANCH and CREATE TAG");
            case Statement.DropRef _ -> throw refused("DROP BRANCH and DROP TAG");
            case Statement.ProtectBranch _ -> throw refused("ALTER BRANCH");
            case Statement.MergeBranch _ -> throw refused("MERGE BRANCH");
            case Statement.UseRef _ -> throw refused("USE BRANCH, USE TAG and USE COMMIT");
        };
    }

    /**
     * How a statement is isolated that changes rows as a transaction of its own: as its table's properties say. Empty
     * for one that has no use for that, is part of a transaction or names the branch it writes to.
     */
    static Optional<Isolation> alone(Session session, Plan plan) {
        if (session.transaction().isPresent() || !(plan.statement() instanceof Statement.Write write)) {
            return Optional.empty();
        }
        return switch (write) {
            case Statement.Update update -> isolation(plan, update.table(), "write.update.isolation-level");
            case Statement.Delete delete -> isolation(plan, delete.table(), "write.delete.isolation-level");
            case Statement.Merge merge -> isolation(plan, merge.table(), "write.merge.isolation-level");
            case Statement.Overwrite overwrite ->
                isolation(plan, overwrite.insert().table(), "write.update.isolation-level");
            case Statement.Insert _, Statement.CreateTable _, Statement.CopyInto _ -> Optional.empty();
        };
    }

    private static Optional<Isolation> isolation(Plan plan, TableRef table, String property) {
        if (table.ref().isPresent()) {
            return Optional.empty();
        }
        var level = plan.tables().load(table).properties().get(property);
        return Optional.of("snapshot".equalsIgnoreCase(level) ? Isolation.SNAPSHOT : Isolation.SERIALIZABLE);
    }

    /** Fails in a transaction. */
    static void requireNone(Session session, String what) {
        if (session.transaction().isPresent()) {
            throw refused(what);
        }
    }

    private static FailureException refused(String what) {
        return new Failure.Invalid(
                        Code.ACTIVE_TRANSACTION,
                        what + " cannot be part of a transaction: COMMIT or ROLLBACK first",
                        Optional.empty())
                .exception();
    }
}
