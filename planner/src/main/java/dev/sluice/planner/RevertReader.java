package dev.sluice.planner;

import dev.sluice.core.Ref;
import java.util.Optional;
import java.util.OptionalLong;

/** Reads {@code REVERT TABLE t TO ref} and {@code REVERT TABLE t TO SNAPSHOT n}. */
final class RevertReader {
    private final Reading reading;
    private final Tokens tokens;

    RevertReader(Reading reading) {
        this.reading = reading;
        this.tokens = reading.tokens();
    }

    Statement read() {
        tokens.expect("TABLE");
        var table = reading.target();
        tokens.expect("TO");
        var to = tokens.accept("SNAPSHOT")
                ? at(table, table.ref(), OptionalLong.of(TimeTravel.snapshot(tokens)))
                : at(table, Optional.of(RefReader.anyRef(tokens)), OptionalLong.empty());
        return new Statement.RevertTable(table, to);
    }

    private static TableRef at(TableRef table, Optional<Ref> ref, OptionalLong snapshotId) {
        return new TableRef(table.name(), ref, Optional.empty(), snapshotId, table.position());
    }
}
