package dev.sluice.catalog;

import dev.sluice.core.Code;
import dev.sluice.core.Failure;
import dev.sluice.core.FailureException;
import dev.sluice.core.Ref;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.projectnessie.model.ContentKey;
import org.projectnessie.model.Namespace;
import org.projectnessie.model.Operation;

/**
 * Which branches take changes by merges alone. The catalog itself keeps it, as names on a branch that is only for this:
 * its log tells who protected what, and every server on the same Nessie obeys. Thread-safe.
 */
final class Protection {
    /** Never listed; holds one namespace for each protected branch. */
    static final Ref.Branch KEPT_ON = new Ref.Branch("sluice-protected");

    private final Repository repository;
    private final History history;
    private volatile Known known = new Known("", Set.of());

    /** What one commit of the branch says. */
    private record Known(String hash, Set<String> names) {}

    Protection(Repository repository, History history) {
        this.repository = repository;
        this.history = history;
    }

    boolean holds(Ref.Branch branch) {
        return branch.equals(KEPT_ON) || find().map(this::at).orElse(Set.of()).contains(branch.name());
    }

    void requireNone(Ref.Branch branch) {
        if (holds(branch)) {
            throw new Failure.Forbidden(
                            branch + " is protected: change another branch and MERGE BRANCH it, or ALTER BRANCH "
                                    + branch.name() + " SET UNPROTECTED",
                            Optional.empty())
                    .exception();
        }
    }

    /** Does nothing where the branch is as it should be. */
    CommitOutcome set(Ref.Branch branch, boolean on, CommitNote note) {
        var _ = history.resolve(branch);
        var head = find().orElseGet(this::create);
        if (at(head).contains(branch.name()) == on) {
            return new CommitOutcome.Committed(head);
        }
        var key = Names.key(branch.name());
        var change = on ? Operation.Put.of(key, Namespace.of(branch.name())) : Operation.Delete.of(key);
        return history.commit(KEPT_ON, head, List.of(change), note);
    }

    private Optional<Commit> find() {
        try {
            return Optional.of(history.resolve(KEPT_ON));
        } catch (FailureException e) {
            if (e.failure().code() == Code.REF_NOT_FOUND) {
                return Optional.empty();
            }
            throw e;
        }
    }

    private Commit create() {
        repository.create(KEPT_ON, repository.root());
        return history.resolve(KEPT_ON);
    }

    private Set<String> at(Commit head) {
        var last = known;
        if (!last.hash().equals(head.hash())) {
            last = new Known(
                    head.hash(),
                    repository.keys(head.hash()).keySet().stream()
                            .map(ContentKey::getName)
                            .collect(Collectors.toUnmodifiableSet()));
            known = last;
        }
        return last.names();
    }
}
