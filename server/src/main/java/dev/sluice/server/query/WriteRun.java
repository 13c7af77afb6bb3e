package dev.sluice.server.query;

import dev.sluice.catalog.CommitNote;
import dev.sluice.core.Scope;
import dev.sluice.engine.Cancellation;

/**
 * One run of a statement that writes: its plan, what its commit will say, what may end it before, and who hears what it
 * reads.
 */
record WriteRun(Plan plan, CommitNote note, Cancellation cancellation, ReadLog reads) {
    Lifetime lifetime(Scope scope) {
        return new Lifetime(scope, cancellation, reads);
    }
}
