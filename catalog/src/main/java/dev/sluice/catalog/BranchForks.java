package dev.sluice.catalog;

import dev.sluice.core.FailureException;
import dev.sluice.core.Ref;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Forks as branches of Nessie, whose names tell the commit at which they began. Thread-safe. */
final class BranchForks implements Forks {
    private static final Logger LOG = LoggerFactory.getLogger(BranchForks.class);

    private final History history;
    private final Protection protection;
    private final Merging merging;
    private final Reads reads;
    private final ForkFiles files;
    private final Alone alone;

    /** Keeps other changes away while a merge is checked and done. */
    interface Alone {
        CommitOutcome run(Supplier<CommitOutcome> merge);
    }

    BranchForks(History history, Protection protection, Merging merging, Reads reads, ForkFiles files, Alone alone) {
        this.history = history;
        this.protection = protection;
        this.merging = merging;
        this.reads = reads;
        this.files = files;
        this.alone = alone;
    }

    @Override
    public Ref.Branch fork(Commit at) {
        if (at.ref() instanceof Ref.Branch branch) {
            protection.requireNone(branch);
        }
        var fork = new Ref.Branch(Ref.Branch.HIDDEN + at.hash() + "/" + UUID.randomUUID());
        history.createRef(fork, at);
        return fork;
    }

    /** The commit at which a fork began. */
    private static Commit beginning(Ref.Branch fork) {
        var hash = fork.name().substring(Ref.Branch.HIDDEN.length(), fork.name().lastIndexOf('/'));
        return new Commit(fork, hash);
    }

    @Override
    public CommitOutcome merge(Ref.Branch fork, Ref.Branch into, ReadSet read, CommitNote note) {
        var head = history.resolve(fork);
        var outcome = alone.run(() -> {
            protection.requireNone(into);
            var change = reads.changed(read, history.resolve(into));
            return change.<CommitOutcome>map(CommitOutcome.Conflicted::new)
                    .orElseGet(() -> merging.merge(head, into, note));
        });
        if (outcome instanceof CommitOutcome.Committed(Commit merged)) {
            collect(fork, Optional.of(merged));
        }
        return outcome;
    }

    @Override
    public void discard(Ref.Branch fork) {
        collect(fork, Optional.empty());
    }

    @Override
    public void discardAll() {
        if (history.isShared()) {
            return;
        }
        for (var info : history.refs()) {
            if (info.ref() instanceof Ref.Branch fork && fork.isHidden()) {
                LOG.info("Collecting a transaction that was left open: {}", fork.name());
                collect(fork, mergedAs(fork));
            }
        }
    }

    /** The commit by which a branch took the fork over. */
    private Optional<Commit> mergedAs(Ref.Branch fork) {
        var head = history.resolve(fork);
        return history.refs().stream()
                .map(RefInfo::ref)
                .filter(Ref.Branch.class::isInstance)
                .map(Ref.Branch.class::cast)
                .filter(branch -> !branch.isHidden())
                .flatMap(branch -> history.mergeOf(head, history.resolve(branch), beginning(fork)).stream())
                .findFirst();
    }

    /** Files first: a fork whose files could not all be deleted is found again when the server starts. */
    private void collect(Ref.Branch fork, Optional<Commit> merged) {
        try {
            var head = history.resolve(fork);
            var base = beginning(fork);
            if (!head.hash().equals(base.hash())) {
                files.delete(base, head, merged);
            }
            history.dropRef(fork);
        } catch (FailureException e) {
            LOG.warn("Transaction branch {} could not be collected, and stays until the server starts", fork, e);
        }
    }
}
