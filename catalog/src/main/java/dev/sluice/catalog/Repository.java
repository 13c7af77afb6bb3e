package dev.sluice.catalog;

import com.google.errorprone.annotations.MustBeClosed;
import dev.sluice.core.Ref;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.projectnessie.model.CommitMeta;
import org.projectnessie.model.Content;
import org.projectnessie.model.ContentKey;
import org.projectnessie.model.Operation;

/**
 * One Nessie repository: the few calls that all else is made of, wherever its store is. Commits are named by their
 * whole hashes. Thread-safe; failures are {@code FailureException}s, {@code REF_NOT_FOUND} for what does not exist.
 */
interface Repository extends AutoCloseable {
    /** The repository that the configuration names, made where it is embedded and there is none yet. */
    @MustBeClosed
    @SuppressWarnings("MustBeClosedChecker") // it sees no return in a switch
    static Repository open(CatalogConfig config, InstantSource clock) {
        return switch (config.home()) {
            case CatalogConfig.Home.Embedded(var store) ->
                EmbeddedRepository.open(store, config.defaultBranch(), clock);
            case CatalogConfig.Home.RemoteNessie remote -> RemoteRepository.open(remote, config.defaultBranch());
            case CatalogConfig.Home.Rest rest -> throw new IllegalArgumentException(rest.uri() + " is no Nessie");
        };
    }

    /** Whether other servers may work with it, too. */
    boolean isShared();

    /** The commit below the first one of every history. */
    String root();

    /** The commit that a branch or tag names now, or the commit of this very hash. */
    String head(Ref ref);

    /** The last commit of the history that is not younger than {@code time}; {@link #root} where all are. */
    String at(String head, Instant time);

    List<RefInfo> refs();

    /** {@code REF_EXISTS} where the name is taken. */
    void create(Ref ref, String hash);

    void drop(Ref ref);

    /** A history, newest commit first, read as it is walked; needs no closing. */
    Stream<Logged> log(String head, Detail detail);

    /** All keys of a commit, with the types of what they name. */
    Map<ContentKey, Content.Type> keys(String hash);

    Optional<Content> content(String hash, ContentKey key);

    /** What differs between two commits. */
    List<Changed> diff(String from, String to);

    /** Commits on top of whatever the branch has, unless a key that is written has changed since {@code base}. */
    CommitOutcome commit(Ref.Branch branch, String base, List<Operation> operations, CommitMeta meta);

    /**
     * Merges key by key, in one commit whose second parent is {@code from}: a key that both sides have changed becomes
     * what is resolved for it, or is a conflict.
     */
    MergeAttempt merge(Commit from, Ref.Branch into, Map<ContentKey, MergeAttempt.Resolved> resolved, CommitMeta meta);

    /** Where both sides parted, and the keys that both have changed since, of which there may be none. */
    MergeAttempt.Conflicting foresee(Commit from, Ref.Branch into);

    @Override
    void close();

    /** A copy as of now, in a new folder; {@code UNSUPPORTED} where the store is not here. */
    @MustBeClosed
    Repository copy(Path folder);

    /** How much of each commit a log tells. */
    enum Detail {
        META,
        OPERATIONS
    }

    /**
     * One commit of a log.
     *
     * @param operations empty unless asked for
     */
    record Logged(String hash, CommitMeta meta, List<Operation> operations) {
        public Logged {
            operations = List.copyOf(operations);
        }
    }

    /** A key that two commits do not have alike; empty where one has it not. */
    record Changed(ContentKey key, Optional<Content> from, Optional<Content> to) {}
}
