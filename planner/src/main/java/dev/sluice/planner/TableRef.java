package dev.sluice.planner;

import dev.sluice.core.Failure.Position;
import dev.sluice.core.QualifiedName;
import dev.sluice.core.Ref;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A table as a statement names it.
 *
 * @param ref {@code AT BRANCH}, {@code AT TAG} or {@code AT COMMIT}; absent for the session's own
 * @param asOf {@code FOR SYSTEM_TIME AS OF}
 * @param snapshotId {@code FOR VERSION AS OF}
 * @param position where the statement says so
 */
public record TableRef(
        QualifiedName name, Optional<Ref> ref, Optional<Instant> asOf, OptionalLong snapshotId, Position position) {}
