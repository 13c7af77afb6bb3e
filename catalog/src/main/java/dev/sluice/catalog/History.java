package dev.sluice.catalog;

import dev.sluice.core.Code;
import dev.sluice.core.Failure;
import dev.sluice.core.FailureException;
import dev.sluice.core.Ref;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeSet;
import org.projectnessie.model.CommitMeta;
import org.projectnessie.model.ContentKey;
import org.projectnessie.model.Operation;
import org.projectnessie.versioned.BranchName;
import org.projectnessie.versioned.DetachedRef;
import org.projectnessie.versioned.GetNamedRefsParams;
import org.projectnessie.versioned.GetNamedRefsParams.RetrieveOptions;
import org.projectnessie.versioned.Hash;
import org.projectnessie.versioned.MergeConflictException;
import org.projectnessie.versioned.MetadataRewriter;
import org.projectnessie.versioned.NamedRef;
import org.projectnessie.versioned.ReferenceAlreadyExistsException;
import org.projectnessie.versioned.ReferenceConflictException;
import org.projectnessie.versioned.ReferenceInfo;
import org.projectnessie.versioned.ReferenceNotFoundException;
import org.projectnessie.versioned.RelativeCommitSpec;
import org.projectnessie.versioned.TagName;
import org.projectnessie.versioned.VersionStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Commits, and the branches and tags that name them: Nessie's exceptions end here. Thread-safe. */
final class History {
    private static final Logger LOG = LoggerFactory.getLogger(History.class);
    private static final int HASH_DIGITS = 64;
    private static final GetNamedRefsParams WITH_COMMITS = GetNamedRefsParams.builder()
            .branchRetrieveOptions(RetrieveOptions.COMMIT_META)
            .tagRetrieveOptions(RetrieveOptions.COMMIT_META)
            .build();

    private final VersionStore store;
    private final InstantSource clock;

    History(VersionStore store, InstantSource clock) {
        this.store = store;
        this.clock = clock;
    }

    Commit resolve(Ref ref) {
        return new Commit(ref, head(ref).asString());
    }

    boolean isEmpty(Ref ref) {
        return head(ref).equals(store.noAncestorHash());
    }

    private Hash head(Ref ref) {
        try {
            return switch (ref) {
                case Ref.Branch(var name) -> store.hashOnReference(BranchName.of(name), Optional.empty(), List.of());
                case Ref.Tag(var name) -> store.hashOnReference(TagName.of(name), Optional.empty(), List.of());
                case Ref.Hash(var hash) ->
                    store.hashOnReference(DetachedRef.INSTANCE, Optional.of(expand(hash)), List.of());
            };
        } catch (ReferenceNotFoundException e) {
            throw notFound(ref, e);
        }
    }

    /** The whole hash that begins with these digits. */
    private Hash expand(String digits) throws ReferenceNotFoundException {
        var prefix = digits.toLowerCase(Locale.ROOT);
        if (prefix.length() == HASH_DIGITS) {
            return Hash.of(prefix);
        }
        var seen = new HashSet<Hash>();
        var matches = new TreeSet<String>();
        for (var ref : refs()) {
            var commits = store.getCommits(Hash.of(ref.hash()), false);
            while (commits.hasNext()) {
                var hash = commits.next().getHash();
                if (!seen.add(hash)) {
                    break;
                }
                if (hash.asString().startsWith(prefix)) {
                    matches.add(hash.asString());
                }
            }
        }
        if (matches.size() > 1) {
            throw CatalogFailures.invalidValue("Commit hash '" + digits + "' is ambiguous: " + matches);
        }
        if (matches.isEmpty()) {
            throw new ReferenceNotFoundException("No commit begins with " + digits);
        }
        return Hash.of(matches.first());
    }

    Commit resolve(Ref ref, Instant time) {
        var head = head(ref);
        var notYounger =
                RelativeCommitSpec.relativeCommitSpec(RelativeCommitSpec.Type.TIMESTAMP_MILLIS_EPOCH, 0L, time);
        try {
            var hash = store.hashOnReference(DetachedRef.INSTANCE, Optional.of(head), List.of(notYounger));
            if (!hash.equals(store.noAncestorHash())) {
                return new Commit(ref, hash.asString());
            }
            throw CatalogFailures.invalidValue(
                    ref + " has no commit as old as " + time + ": its oldest is of " + oldest(head));
        } catch (ReferenceNotFoundException e) {
            throw notFound(ref, e);
        }
    }

    private Instant oldest(Hash head) throws ReferenceNotFoundException {
        var commits = store.getCommits(head, false);
        var oldest = Instant.MAX;
        while (commits.hasNext()) {
            var time = commits.next().getCommitMeta().getCommitTime();
            oldest = time == null ? oldest : time;
        }
        return oldest;
    }

    List<RefInfo> refs() {
        try {
            var refs = new ArrayList<RefInfo>();
            store.getNamedRefs(WITH_COMMITS, null).forEachRemaining(info -> refs.add(info(info)));
            refs.sort(Comparator.comparing(info -> info.ref().name()));
            return List.copyOf(refs);
        } catch (ReferenceNotFoundException e) {
            throw CatalogFailures.internal("Listing branches and tags", e);
        }
    }

    private static RefInfo info(ReferenceInfo<CommitMeta> info) {
        var name = info.getNamedRef().getName();
        var ref = info.getNamedRef() instanceof TagName ? new Ref.Tag(name) : new Ref.Branch(name);
        var meta = Optional.ofNullable(info.getHeadCommitMeta());
        return new RefInfo(
                ref, info.getHash().asString(), meta.map(CommitMeta::getCommitTime), meta.map(CommitMeta::getMessage));
    }

    void createRef(Ref ref, Commit at) {
        try {
            var _ = store.create(named(ref), Optional.of(Hash.of(at.hash())));
        } catch (ReferenceAlreadyExistsException e) {
            throw new FailureException(
                    new Failure.Exists(Code.REF_EXISTS, "A branch or tag '" + ref.name() + "' exists already"), e);
        } catch (ReferenceNotFoundException e) {
            throw notFound(at.ref(), e);
        }
    }

    void dropRef(Ref ref) {
        try {
            var _ = store.delete(named(ref), head(ref));
        } catch (ReferenceNotFoundException e) {
            throw notFound(ref, e);
        } catch (ReferenceConflictException e) {
            throw new FailureException(
                    new Failure.Conflict(ref + " was changed by another commit while it was dropped"), e);
        }
    }

    private static NamedRef named(Ref ref) {
        return switch (ref) {
            case Ref.Branch(var name) -> BranchName.of(name);
            case Ref.Tag(var name) -> TagName.of(name);
            case Ref.Hash hash -> throw CatalogFailures.invalidValue(hash + " is neither a branch nor a tag");
        };
    }

    /** Commits on top of whatever the branch has, unless a key that is written has changed since {@code base}. */
    CommitOutcome commit(Ref.Branch branch, Commit base, List<Operation> operations, CommitNote note) {
        try {
            var result = store.commit(
                    BranchName.of(branch.name()), Optional.of(Hash.of(base.hash())), meta(note), operations);
            return committed(branch, result.getCommitHash());
        } catch (ReferenceNotFoundException e) {
            throw notFound(branch, e);
        } catch (ReferenceConflictException e) {
            return NessieConflicts.outcome(e);
        } catch (RuntimeException e) {
            LOG.error("The commit on {} broke off", branch, e);
            return new CommitOutcome.Unknown("The commit on " + branch + " broke off: " + e.getMessage());
        }
    }

    CommitOutcome merge(Commit from, Ref.Branch into, CommitNote note) {
        var source = from.ref() instanceof Ref.Hash ? DetachedRef.INSTANCE : named(from.ref());
        var merge = VersionStore.MergeOp.builder()
                .fromRef(source)
                .fromHash(Hash.of(from.hash()))
                .toBranch(BranchName.of(into.name()))
                .updateCommitMetadata(new AllAs(meta(note)))
                .build();
        try {
            var head = store.merge(merge).getResultantTargetHash();
            return head == null ? new CommitOutcome.Committed(resolve(into)) : committed(into, head);
        } catch (ReferenceNotFoundException e) {
            throw notFound(into, e);
        } catch (MergeConflictException e) {
            return new CommitOutcome.Conflicted("Both " + from.ref() + " and " + into + " have changed "
                    + NessieConflicts.names(e) + " since they parted");
        } catch (ReferenceConflictException e) {
            return NessieConflicts.outcome(e);
        } catch (RuntimeException e) {
            LOG.error("The merge into {} broke off", into, e);
            return new CommitOutcome.Unknown("The merge into " + into + " broke off: " + e.getMessage());
        }
    }

    private static CommitOutcome committed(Ref.Branch branch, Hash hash) {
        return new CommitOutcome.Committed(new Commit(branch, hash.asString()));
    }

    /** The newest commit after {@code base} that wrote the key, in words; empty where none did. */
    Optional<String> lastChange(ContentKey key, Commit head, Commit base) {
        try {
            var commits = store.getCommits(Hash.of(head.hash()), true);
            while (commits.hasNext()) {
                var commit = commits.next();
                if (commit.getHash().asString().equals(base.hash())) {
                    break;
                }
                var operations = commit.getOperations();
                if (operations != null
                        && operations.stream().anyMatch(each -> each.getKey().equals(key))) {
                    var meta = commit.getCommitMeta();
                    return Optional.of(commit.getHash().asString().substring(0, 12) + " by " + meta.getAuthor() + ": "
                            + meta.getMessage());
                }
            }
            return Optional.empty();
        } catch (ReferenceNotFoundException e) {
            throw notFound(head.ref(), e);
        }
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

    private static FailureException notFound(Ref ref, ReferenceNotFoundException cause) {
        var message = ref + " does not exist";
        return new FailureException(new Failure.NotFound(Code.REF_NOT_FOUND, message, Optional.empty()), cause);
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
}
