package dev.sluice.planner;

import dev.sluice.core.Code;
import dev.sluice.core.Isolation;

/** Reads what begins and ends a transaction. */
final class TransactionReader {
    private final Tokens tokens;

    TransactionReader(Tokens tokens) {
        this.tokens = tokens;
    }

    /** Whether such a statement comes next. */
    boolean isNext() {
        return tokens.at("BEGIN")
                || tokens.at("START", "TRANSACTION")
                || tokens.at("COMMIT")
                || tokens.at("END")
                || tokens.at("ROLLBACK")
                || tokens.at("ABORT");
    }

    Statement read() {
        var word = tokens.take();
        if (!tokens.accept("TRANSACTION")) {
            tokens.accept("WORK");
        }
        if (word.is("BEGIN") || word.is("START")) {
            return new Statement.Begin(tokens.accept("ISOLATION", "LEVEL") ? isolation() : Isolation.SERIALIZABLE);
        }
        if (word.is("COMMIT") || word.is("END")) {
            return new Statement.Commit();
        }
        if (tokens.at("TO")) {
            throw tokens.draft()
                    .failure(
                            Code.UNSUPPORTED,
                            "ROLLBACK TO is not supported: there are no savepoints",
                            tokens.peek().start());
        }
        return new Statement.Rollback();
    }

    private Isolation isolation() {
        if (tokens.accept("SERIALIZABLE")) {
            return Isolation.SERIALIZABLE;
        }
        if (tokens.accept("SNAPSHOT") || tokens.accept("REPEATABLE", "READ")) {
            return Isolation.SNAPSHOT;
        }
        throw tokens.expected("SERIALIZABLE, SNAPSHOT or REPEATABLE READ");
    }
}
