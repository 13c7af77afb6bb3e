package dev.sluice.catalog;

import dev.sluice.core.Code;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.projectnessie.error.ReferenceConflicts;
import org.projectnessie.model.ContentKey;

/** What Nessie calls a conflict: another commit that came between, or a change that its schema forbids. */
final class NessieConflicts {
    private NessieConflicts() {}

    static CommitOutcome outcome(Optional<ReferenceConflicts> details, Exception e) {
        for (var conflict : details.map(ReferenceConflicts::conflicts).orElse(List.of())) {
            switch (conflict.conflictType()) {
                case NAMESPACE_NOT_EMPTY ->
                    throw CatalogFailures.invalid(
                            Code.SCHEMA_NOT_EMPTY,
                            "Schema '" + shown(conflict.key()) + "' is not empty: drop what it holds first");
                case NAMESPACE_ABSENT -> throw CatalogFailures.schemaNotFound(shown(conflict.key()));
                default -> {}
            }
        }
        return new CommitOutcome.Conflicted("Another commit came between: " + e.getMessage());
    }

    private static String shown(@Nullable ContentKey key) {
        return key == null ? "" : String.join(".", key.getElements());
    }
}
