package dev.sluice.catalog;

import java.util.List;
import org.projectnessie.model.Content;
import org.projectnessie.model.ContentKey;
import org.projectnessie.model.MergeBehavior;
import org.projectnessie.model.MergeKeyBehavior;

/** What Nessie's own merge, which goes by keys alone, made of two branches. */
sealed interface MergeAttempt {
    record Ended(CommitOutcome outcome) implements MergeAttempt {}

    /**
     * Nothing was done, since both sides have changed these keys.
     *
     * @param ancestor hash of the commit from which both sides went on
     * @param target hash of the target's head as it was tried
     */
    record Conflicting(String ancestor, String target, List<ContentKey> keys) implements MergeAttempt {}

    /**
     * What a key becomes that both sides have changed.
     *
     * @param expected what the target has now
     */
    record Resolved(Content expected, Content content) {
        MergeKeyBehavior behavior(ContentKey key) {
            return MergeKeyBehavior.of(key, MergeBehavior.NORMAL, expected, content);
        }
    }

    /** Whether it is certain that nothing was committed. */
    default boolean happenedNot() {
        return switch (this) {
            case Ended(CommitOutcome.Conflicted _), Conflicting _ -> true;
            case Ended(CommitOutcome.Committed _), Ended(CommitOutcome.Unknown _) -> false;
        };
    }
}
