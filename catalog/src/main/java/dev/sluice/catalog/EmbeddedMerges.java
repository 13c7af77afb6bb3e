package dev.sluice.catalog;

import dev.sluice.core.Ref;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.projectnessie.model.CommitMeta;
import org.projectnessie.model.ContentKey;
import org.projectnessie.versioned.BranchName;
import org.projectnessie.versioned.DetachedRef;
import org.projectnessie.versioned.Hash;
import org.projectnessie.versioned.ImmutableMergeOp;
import org.projectnessie.versioned.MergeConflictException;
import org.projectnessie.versioned.MergeTransplantResultBase;
import org.projectnessie.versioned.MetadataRewriter;
import org.projectnessie.versioned.ReferenceConflictException;
import org.projectnessie.versioned.ReferenceNotFoundException;
import org.projectnessie.versioned.VersionStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Merges of one branch into another, made or only tried. Thread-safe. */
final class EmbeddedMerges {
    private static final Logger LOG = LoggerFactory.getLogger(EmbeddedMerges.class);

    private final VersionStore store;

    EmbeddedMerges(VersionStore store) {
        this.store = store;
    }

    MergeAttempt merge(Commit from, Ref.Branch into, Map<ContentKey, MergeAttempt.Resolved> resolved, CommitMeta meta) {
        var merge = mergeOf(from, into).updateCommitMetadata(new AllAs(meta));
        resolved.forEach((key, each) -> merge.putMergeKeyBehaviors(key, each.behavior(key)));
        try {
            var head = store.merge(merge.build()).getResultantTargetHash();
            return new MergeAttempt.Ended(EmbeddedRepository.committed(into, head == null ? target(into) : head));
        } catch (ReferenceNotFoundException e) {
            throw CatalogFailures.refNotFound(into, e);
        } catch (MergeConflictException e) {
            return conflicting(e.getMergeResult());
        } catch (ReferenceConflictException e) {
            return new MergeAttempt.Ended(NessieConflicts.outcome(Optional.ofNullable(e.getReferenceConflicts()), e));
        } catch (RuntimeException e) {
            LOG.error("The merge into {} broke off", into, e);
            return new MergeAttempt.Ended(
                    new CommitOutcome.Unknown("The merge into " + into + " broke off: " + e.getMessage()));
        }
    }

    MergeAttempt.Conflicting foresee(Commit from, Ref.Branch into) {
        try {
            return conflicting(store.merge(mergeOf(from, into).dryRun(true).build()));
        } catch (MergeConflictException e) {
            return conflicting(e.getMergeResult());
        } catch (ReferenceNotFoundException e) {
            throw CatalogFailures.refNotFound(into, e);
        } catch (ReferenceConflictException e) {
            throw CatalogFailures.internal("Comparing " + from.ref() + " with " + into, e);
        }
    }

    private static ImmutableMergeOp.Builder mergeOf(Commit from, Ref.Branch into) {
        return VersionStore.MergeOp.builder()
                .fromRef(from.ref() instanceof Ref.Hash ? DetachedRef.INSTANCE : EmbeddedRepository.named(from.ref()))
                .fromHash(Hash.of(from.hash()))
                .toBranch(BranchName.of(into.name()));
    }

    private static MergeAttempt.Conflicting conflicting(MergeTransplantResultBase result) {
        return new MergeAttempt.Conflicting(
                Objects.requireNonNull(result.getCommonAncestor()).asString(),
                result.getEffectiveTargetHash().asString(),
                result.getDetails().entrySet().stream()
                        .filter(entry -> entry.getValue().getConflict() != null)
                        .map(Map.Entry::getKey)
                        .toList());
    }

    /** Whatever is merged gets the one note. */
    private record AllAs(CommitMeta meta) implements MetadataRewriter<CommitMeta> {
        @Override
        public CommitMeta rewriteSingle(CommitMeta original) {
            return meta;
        }

        @Override
        public CommitMeta squash(List<CommitMeta> originals, int count) {
            return meta;
        }
    }

    private Hash target(Ref.Branch into) throws ReferenceNotFoundException {
        return store.hashOnReference(BranchName.of(into.name()), Optional.empty(), List.of());
    }
}
