package dev.sluice.catalog;

import dev.sluice.core.Code;
import dev.sluice.core.Ref;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.projectnessie.model.CommitMeta;
import org.projectnessie.model.ContentKey;
import org.projectnessie.model.Operation;

/** Commits, and the branches and tags that name them. Thread-safe. */
final class History {
    private static final int HASH_DIGITS = 64;

    private final Repository repository;
    private final InstantSource clock;

    History(Repository repository, InstantSource clock) {
        this.repository = repository;
        this.clock = clock;
    }

    Commit resolve(Ref ref) {
        return new Commit(ref, head(ref));
    }

    boolean isEmpty(Ref ref) {
        return head(ref).equals(repository.root());
    }

    private String head(Ref ref) {
        return repository.head(ref instanceof Ref.Hash hash ? whole(hash) : ref);
    }

    /** The whole hash that begins with these digits. */
    private Ref.Hash whole(Ref.Hash begun) {
        var prefix = begun.name().toLowerCase(Locale.ROOT);
        if (prefix.length() == HASH_DIGITS) {
            return new Ref.Hash(prefix);
        }
        var seen = new HashSet<String>();
        var matches = new TreeSet<String>();
        for (var ref : refs()) {
            repository
                    .log(ref.hash(), Repository.Detail.META)
                    .map(Repository.Logged::hash)
                    .takeWhile(seen::add)
                    .filter(hash -> hash.startsWith(prefix))
                    .forEach(matches::add);
        }
        if (matches.size() > 1) {
            throw CatalogFailures.invalidValue("Commit hash '" + begun.name() + "' is ambiguous: " + matches);
        }
        if (matches.isEmpty()) {
            throw CatalogFailures.refNotFound(begun);
        }
        return new Ref.Hash(matches.first());
    }

    Commit resolve(Ref ref, Instant time) {
        var head = head(ref);
        var hash = repository.at(head, time);
        if (hash.equals(repository.root())) {
            throw CatalogFailures.invalidValue(
                    ref + " has no commit as old as " + time + ": its oldest is of " + oldest(head));
        }
        return new Commit(ref, hash);
    }

    private Instant oldest(String head) {
        return repository
                .log(head, Repository.Detail.META)
                .flatMap(commit -> Stream.ofNullable(commit.meta().getCommitTime()))
                .reduce(Instant.MAX, (_, older) -> older);
    }

    /** Fails where the commit is older than the horizon, and no branch or tag has kept it. */
    void requireKept(Commit commit, Instant horizon) {
        var made = repository
                .log(commit.hash(), Repository.Detail.META)
                .findFirst()
                .flatMap(each -> Optional.ofNullable(each.meta().getCommitTime()));
        if (made.filter(time -> time.isBefore(horizon)).isPresent()
                && refs().stream().noneMatch(ref -> ref.hash().equals(commit.hash()))) {
            throw CatalogFailures.notFound(
                    Code.REF_NOT_FOUND,
                    "Commit " + commit.hash().substring(0, 12) + " of " + made.get()
                            + " can no longer be read: garbage from before " + horizon + " was collected");
        }
    }

    List<RefInfo> refs() {
        return repository.refs().stream()
                .sorted(Comparator.comparing(info -> info.ref().name()))
                .toList();
    }

    void createRef(Ref ref, Commit at) {
        repository.create(ref, at.hash());
    }

    void dropRef(Ref ref) {
        repository.drop(ref);
    }

    /** Commits on top of whatever the branch has, unless a key that is written has changed since {@code base}. */
    CommitOutcome commit(Ref.Branch branch, Commit base, List<Operation> operations, CommitNote note) {
        return repository.commit(branch, base.hash(), operations, meta(note));
    }

    MergeAttempt merge(Commit from, Ref.Branch into, Map<ContentKey, MergeAttempt.Resolved> resolved, CommitNote note) {
        return repository.merge(from, into, resolved, meta(note));
    }

    MergeAttempt.Conflicting foresee(Commit from, Ref.Branch into) {
        return repository.foresee(from, into);
    }

    /** The newest commit after {@code base} that wrote the key, in words; empty where none did. */
    Optional<String> lastChange(ContentKey key, Commit head, Commit base) {
        return repository
                .log(head.hash(), Repository.Detail.OPERATIONS)
                .takeWhile(commit -> !commit.hash().equals(base.hash()))
                .filter(commit -> commit.operations().stream()
                        .anyMatch(each -> each.getKey().equals(key)))
                .findFirst()
                .map(commit -> commit.hash().substring(0, 12) + " by "
                        + commit.meta().getAuthor() + ": " + commit.meta().getMessage());
    }

    /** Whether other servers may change it, too. */
    boolean isShared() {
        return repository.isShared();
    }

    /** What was done from {@code base} to {@code head}, the newest first. */
    Stream<Operation> operations(Commit head, Commit base) {
        return repository
                .log(head.hash(), Repository.Detail.OPERATIONS)
                .takeWhile(commit -> !commit.hash().equals(base.hash()))
                .flatMap(commit -> commit.operations().stream());
    }

    /** The commit after {@code base} by which a branch took over {@code merged}. */
    Optional<Commit> mergeOf(Commit merged, Commit branch, Commit base) {
        return repository
                .log(branch.hash(), Repository.Detail.META)
                .takeWhile(commit -> !commit.hash().equals(base.hash()))
                .filter(commit -> commit.meta().getParentCommitHashes().contains(merged.hash()))
                .findFirst()
                .map(commit -> new Commit(branch.ref(), commit.hash()));
    }

    private CommitMeta meta(CommitNote note) {
        var now = clock.instant();
        return CommitMeta.builder()
                .author(note.author())
                .committer(note.author())
                .authorTime(now)
                .commitTime(now)
                .message(note.message())
                .build();
    }
}
