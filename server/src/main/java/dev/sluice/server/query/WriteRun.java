package dev.sluice.server.query;

import dev.sluice.catalog.CommitNote;
import dev.sluice.engine.Cancellation;

/** One run of a statement that writes: its plan, what its commit will say, and what may end it before. */
record WriteRun(Plan plan, CommitNote note, Cancellation cancellation) {}
