package dev.sluice.catalog;

import com.google.errorprone.annotations.MustBeClosed;
import dev.sluice.core.Code;
import dev.sluice.core.Failure;
import dev.sluice.core.FailureException;
import dev.sluice.core.Ref;
import dev.sluice.core.Scope;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.projectnessie.model.CommitMeta;
import org.projectnessie.model.Content;
import org.projectnessie.model.ContentKey;
import org.projectnessie.model.Operation;
import org.projectnessie.versioned.BranchName;
import org.projectnessie.versioned.ContentResult;
import org.projectnessie.versioned.DetachedRef;
import org.projectnessie.versioned.GetNamedRefsParams;
import org.projectnessie.versioned.GetNamedRefsParams.RetrieveOptions;
import org.projectnessie.versioned.Hash;
import org.projectnessie.versioned.NamedRef;
import org.projectnessie.versioned.ReferenceAlreadyExistsException;
import org.projectnessie.versioned.ReferenceConflictException;
import org.projectnessie.versioned.ReferenceInfo;
import org.projectnessie.versioned.ReferenceNotFoundException;
import org.projectnessie.versioned.RelativeCommitSpec;
import org.projectnessie.versioned.TagName;
import org.projectnessie.versioned.VersionStore;
import org.projectnessie.versioned.storage.common.config.StoreConfig;
import org.projectnessie.versioned.storage.common.logic.Logics;
import org.projectnessie.versioned.storage.versionstore.VersionStoreImpl;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The repository of a version store in this process, called without HTTP. */
final class EmbeddedRepository implements Repository {
    private static final Logger LOG = LoggerFactory.getLogger(EmbeddedRepository.class);
    /** Of a copy, which has its default branch already. */
    private static final String DEFAULT_OF_NONE = "main";

    private static final GetNamedRefsParams WITH_COMMITS = GetNamedRefsParams.builder()
            .branchRetrieveOptions(RetrieveOptions.COMMIT_META)
            .tagRetrieveOptions(RetrieveOptions.COMMIT_META)
            .build();

    private final RocksStore files;
    private final VersionStore store;
    private final EmbeddedMerges merges;
    private final InstantSource clock;

    private EmbeddedRepository(RocksStore files, VersionStore store, InstantSource clock) {
        this.files = files;
        this.store = store;
        this.merges = new EmbeddedMerges(store);
        this.clock = clock;
    }

    /** Opens the store in a folder, and makes it where there is none yet. */
    @MustBeClosed
    static EmbeddedRepository open(Path folder, String defaultBranch, InstantSource clock) {
        LocalFileIO.createFolder(folder);
        return Scope.handOver(scope -> {
            @SuppressWarnings("MustBeClosedChecker") // the repository closes it
            var files = scope.own(RocksStore.open(folder));
            var config = StoreConfig.Adjustable.empty().withClock(clock.withZone(ZoneOffset.UTC));
            var persist = new RocksPersist(files, config);
            Logics.repositoryLogic(persist).initialize(defaultBranch);
            return new EmbeddedRepository(files, new VersionStoreImpl(persist), clock);
        });
    }

    @Override
    @MustBeClosed
    public Repository copy(Path folder) {
        files.copy(folder);
        return open(folder, DEFAULT_OF_NONE, clock);
    }

    @Override
    public void close() {
        files.close();
    }

    @Override
    public boolean isShared() {
        return false;
    }

    @Override
    public String root() {
        return store.noAncestorHash().asString();
    }

    @Override
    public String head(Ref ref) {
        return headHash(ref).asString();
    }

    private Hash headHash(Ref ref) {
        try {
            return switch (ref) {
                case Ref.Branch(var name) -> store.hashOnReference(BranchName.of(name), Optional.empty(), List.of());
                case Ref.Tag(var name) -> store.hashOnReference(TagName.of(name), Optional.empty(), List.of());
                case Ref.Hash(var hash) ->
                    store.hashOnReference(DetachedRef.INSTANCE, Optional.of(Hash.of(hash)), List.of());
            };
        } catch (ReferenceNotFoundException e) {
            throw CatalogFailures.refNotFound(ref, e);
        }
    }

    @Override
    public String at(String head, Instant time) {
        var notYounger =
                RelativeCommitSpec.relativeCommitSpec(RelativeCommitSpec.Type.TIMESTAMP_MILLIS_EPOCH, 0L, time);
        try {
            return store.hashOnReference(DetachedRef.INSTANCE, Optional.of(Hash.of(head)), List.of(notYounger))
                    .asString();
        } catch (ReferenceNotFoundException e) {
            throw CatalogFailures.refNotFound(new Ref.Hash(head), e);
        }
    }

    @Override
    public List<RefInfo> refs() {
        try {
            var refs = new ArrayList<RefInfo>();
            store.getNamedRefs(WITH_COMMITS, null).forEachRemaining(info -> refs.add(info(info)));
            return refs;
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

    @Override
    public void create(Ref ref, String hash) {
        try {
            var _ = store.create(named(ref), Optional.of(Hash.of(hash)));
        } catch (ReferenceAlreadyExistsException e) {
            throw new FailureException(
                    new Failure.Exists(Code.REF_EXISTS, "A branch or tag '" + ref.name() + "' exists already"), e);
        } catch (ReferenceNotFoundException e) {
            throw CatalogFailures.refNotFound(new Ref.Hash(hash), e);
        }
    }

    @Override
    public void drop(Ref ref) {
        try {
            var _ = store.delete(named(ref), headHash(ref));
        } catch (ReferenceNotFoundException e) {
            throw CatalogFailures.refNotFound(ref, e);
        } catch (ReferenceConflictException e) {
            throw new FailureException(
                    new Failure.Conflict(ref + " was changed by another commit while it was dropped"), e);
        }
    }

    static NamedRef named(Ref ref) {
        return switch (ref) {
            case Ref.Branch(var name) -> BranchName.of(name);
            case Ref.Tag(var name) -> TagName.of(name);
            case Ref.Hash hash -> throw CatalogFailures.invalidValue(hash + " is neither a branch nor a tag");
        };
    }

    @Override
    public Stream<Logged> log(String head, Detail detail) {
        try {
            var commits = store.getCommits(Hash.of(head), detail == Detail.OPERATIONS);
            return StreamSupport.stream(Spliterators.spliteratorUnknownSize(commits, Spliterator.ORDERED), false)
                    .map(commit -> new Logged(
                            commit.getHash().asString(),
                            commit.getCommitMeta(),
                            Objects.requireNonNullElse(commit.getOperations(), List.of())));
        } catch (ReferenceNotFoundException e) {
            throw CatalogFailures.refNotFound(new Ref.Hash(head), e);
        }
    }

    @Override
    public Map<ContentKey, Content.Type> keys(String hash) {
        try {
            var keys = new HashMap<ContentKey, Content.Type>();
            store.getKeys(Hash.of(hash), null, false, VersionStore.KeyRestrictions.NO_KEY_RESTRICTIONS)
                    .forEachRemaining(entry ->
                            keys.put(entry.getKey().contentKey(), entry.getKey().type()));
            return keys;
        } catch (ReferenceNotFoundException e) {
            throw CatalogFailures.refNotFound(new Ref.Hash(hash), e);
        }
    }

    @Override
    public Optional<Content> content(String hash, ContentKey key) {
        try {
            return Optional.ofNullable(store.getValue(Hash.of(hash), key, false))
                    .map(ContentResult::content);
        } catch (ReferenceNotFoundException e) {
            throw CatalogFailures.refNotFound(new Ref.Hash(hash), e);
        }
    }

    @Override
    public List<Changed> diff(String from, String to) {
        try {
            var changed = new ArrayList<Changed>();
            store.getDiffs(Hash.of(from), Hash.of(to), null, VersionStore.KeyRestrictions.NO_KEY_RESTRICTIONS)
                    .forEachRemaining(diff ->
                            changed.add(new Changed(diff.contentKey(), diff.getFromValue(), diff.getToValue())));
            return changed;
        } catch (ReferenceNotFoundException e) {
            throw CatalogFailures.refNotFound(new Ref.Hash(from), e);
        }
    }

    @Override
    public CommitOutcome commit(Ref.Branch branch, String base, List<Operation> operations, CommitMeta meta) {
        try {
            var result = store.commit(BranchName.of(branch.name()), Optional.of(Hash.of(base)), meta, operations);
            return committed(branch, result.getCommitHash());
        } catch (ReferenceNotFoundException e) {
            throw CatalogFailures.refNotFound(branch, e);
        } catch (ReferenceConflictException e) {
            return NessieConflicts.outcome(Optional.ofNullable(e.getReferenceConflicts()), e);
        } catch (RuntimeException e) {
            LOG.error("The commit on {} broke off", branch, e);
            return new CommitOutcome.Unknown("The commit on " + branch + " broke off: " + e.getMessage());
        }
    }

    static CommitOutcome committed(Ref.Branch branch, Hash hash) {
        return new CommitOutcome.Committed(new Commit(branch, hash.asString()));
    }

    @Override
    public MergeAttempt merge(
            Commit from, Ref.Branch into, Map<ContentKey, MergeAttempt.Resolved> resolved, CommitMeta meta) {
        return merges.merge(from, into, resolved, meta);
    }

    @Override
    public MergeAttempt.Conflicting foresee(Commit from, Ref.Branch into) {
        return merges.foresee(from, into);
    }
}
