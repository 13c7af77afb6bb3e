package dev.sluice.server.query;

import dev.sluice.core.Code;
import dev.sluice.core.Failure;
import dev.sluice.core.FailureException;
import dev.sluice.planner.Statement;
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
                    Statement.DropTable _,
                    Statement.CreateSchema _,
                    Statement.DropSchema _,
                    Statement.CreateFunction _,
                    Statement.DropFunction _ -> true;
            case Statement.UseSchema _ -> false;
            case Statement.CreateRef _ -> throw refused("CREATE BRANCH and CREATE TAG");
            case Statement.DropRef _ -> throw refused("DROP BRANCH and DROP TAG");
            case Statement.MergeBranch _ -> throw refused("MERGE BRANCH");
            case Statement.UseRef _ -> throw refused("USE BRANCH, USE TAG and USE COMMIT");
        };
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
