package dev.sluice.catalog;

import com.google.errorprone.annotations.MustBeClosed;
import dev.sluice.core.Failure;
import dev.sluice.core.FailureException;
import dev.sluice.core.Ref;
import dev.sluice.core.Scope;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.projectnessie.client.api.MergeReferenceBuilder;
import org.projectnessie.client.api.NessieApiV2;
import org.projectnessie.model.Branch;
import org.projectnessie.model.CommitMeta;
import org.projectnessie.model.Content;
import org.projectnessie.model.ContentKey;
import org.projectnessie.model.Detached;
import org.projectnessie.model.EntriesResponse;
import org.projectnessie.model.FetchOption;
import org.projectnessie.model.LogResponse;
import org.projectnessie.model.MergeResponse;
import org.projectnessie.model.Operation;
import org.projectnessie.model.Reference;
import org.projectnessie.model.Tag;

/**
 * The repository of a Nessie server, over HTTP. Others write to it at any time, so nothing is known but what a commit
 * says. The server gives commits their times.
 */
final class RemoteRepository implements Repository {
    private final NessieApiV2 api;
    private final NessieCalls calls;
    private final Ref.Branch main;
    private final String root;

    private RemoteRepository(NessieApiV2 api, NessieCalls calls, Ref.Branch main) {
        this.api = api;
        this.calls = calls;
        this.main = main;
        this.root = calls.ask(main, () -> Objects.requireNonNull(api.getConfig().getNoAncestorHash()));
    }

    /** Asks the server at once, so that a wrong address or a wrong secret is told before the first statement. */
    @MustBeClosed
    @SuppressWarnings("MustBeClosedChecker") // the repository closes it
    static RemoteRepository open(CatalogConfig.Home.RemoteNessie home, String defaultBranch) {
        var main = new Ref.Branch(defaultBranch);
        var calls = new NessieCalls(home.uri());
        return Scope.handOver(scope -> {
            var repository = new RemoteRepository(scope.own(calls.connect(home.auth())), calls, main);
            if (repository.refs().stream().noneMatch(info -> info.ref().equals(main))) {
                repository.create(main, repository.root);
            }
            return repository;
        });
    }

    @Override
    @MustBeClosed
    public Repository copy(Path folder) {
        throw Failure.unsupported("The catalog is a server of its own: back it up there")
                .exception();
    }

    @Override
    public void close() {
        api.close();
    }

    @Override
    public boolean isShared() {
        return true;
    }

    @Override
    public String root() {
        return root;
    }

    @Override
    public String head(Ref ref) {
        if (ref instanceof Ref.Hash(var hash)) {
            var _ = newest(hash, ref);
            return hash;
        }
        var found = calls.ask(ref, () -> api.getReference().refName(ref.name()).get());
        if (!info(found).ref().equals(ref)) {
            throw CatalogFailures.refNotFound(ref);
        }
        return Objects.requireNonNull(found.getHash());
    }

    @Override
    public String at(String head, Instant time) {
        try {
            return newest(head + "*" + time.toEpochMilli(), new Ref.Hash(head)).orElse(root);
        } catch (FailureException e) {
            if (e.failure() instanceof Failure.NotFound) {
                return root;
            }
            throw e;
        }
    }

    /** The newest commit of the history that begins at a position. */
    private Optional<String> newest(String position, Ref ref) {
        var log = calls.ask(
                ref,
                () -> api.getCommitLog()
                        .refName(Detached.REF_NAME)
                        .hashOnRef(position)
                        .maxRecords(1)
                        .get());
        return log.getLogEntries().stream()
                .findFirst()
                .map(LogResponse.LogEntry::getCommitMeta)
                .map(CommitMeta::getHash);
    }

    @Override
    public List<RefInfo> refs() {
        return calls.ask(
                main,
                () -> api.getAllReferences().fetch(FetchOption.ALL).stream()
                        .map(RemoteRepository::info)
                        .toList());
    }

    private static RefInfo info(Reference found) {
        var ref = found instanceof Tag ? new Ref.Tag(found.getName()) : new Ref.Branch(found.getName());
        var meta = Optional.ofNullable(found.getMetadata()).map(about -> about.getCommitMetaOfHEAD());
        return new RefInfo(
                ref,
                Objects.requireNonNull(found.getHash()),
                meta.map(CommitMeta::getCommitTime),
                meta.map(CommitMeta::getMessage));
    }

    @Override
    public void create(Ref ref, String hash) {
        var _ = calls.ask(
                ref,
                () -> api.createReference()
                        .sourceRefName(Detached.REF_NAME)
                        .reference(named(ref, hash))
                        .create());
    }

    @Override
    public void drop(Ref ref) {
        var head = head(ref);
        var _ = calls.ask(
                ref, () -> api.deleteReference().reference(named(ref, head)).getAndDelete());
    }

    private static Reference named(Ref ref, String hash) {
        return switch (ref) {
            case Ref.Branch(var name) -> Branch.of(name, hash);
            case Ref.Tag(var name) -> Tag.of(name, hash);
            case Ref.Hash other -> throw CatalogFailures.invalidValue(other + " is neither a branch nor a tag");
        };
    }

    @Override
    public Stream<Logged> log(String head, Detail detail) {
        var fetch = switch (detail) {
            case META -> FetchOption.MINIMAL;
            case OPERATIONS -> FetchOption.ALL;
        };
        return calls.ask(
                new Ref.Hash(head),
                () -> api.getCommitLog().reference(Detached.of(head)).fetch(fetch).stream()
                        .map(RemoteRepository::logged));
    }

    private static Logged logged(LogResponse.LogEntry entry) {
        var meta = entry.getCommitMeta();
        var operations = Objects.requireNonNullElse(entry.getOperations(), List.<Operation>of());
        return new Logged(Objects.requireNonNull(meta.getHash()), meta, operations);
    }

    @Override
    public Map<ContentKey, Content.Type> keys(String hash) {
        return calls.ask(
                new Ref.Hash(hash),
                () -> api.getEntries().reference(Detached.of(hash)).stream()
                        .collect(Collectors.toMap(EntriesResponse.Entry::getName, EntriesResponse.Entry::getType)));
    }

    @Override
    public Optional<Content> content(String hash, ContentKey key) {
        var found = calls.ask(
                new Ref.Hash(hash),
                () -> api.getContent().reference(Detached.of(hash)).key(key).get());
        return Optional.ofNullable(found.get(key));
    }

    @Override
    public CommitOutcome commit(Ref.Branch branch, String base, List<Operation> operations, CommitMeta meta) {
        return calls.change(
                branch,
                () -> committed(
                        branch,
                        Objects.requireNonNull(api.commitMultipleOperations()
                                .branch(Branch.of(branch.name(), base))
                                .commitMeta(meta(meta))
                                .operations(operations)
                                .commit()
                                .getHash())),
                Function.identity());
    }

    @Override
    public MergeAttempt merge(
            Commit from, Ref.Branch into, Map<ContentKey, MergeAttempt.Resolved> resolved, CommitMeta meta) {
        var head = head(into);
        var merge = mergeOf(from, Branch.of(into.name(), head)).commitMeta(meta(meta));
        resolved.forEach((key, each) -> merge.mergeKeyBehavior(each.behavior(key)));
        return calls.change(
                into,
                () -> {
                    var merged = merge.merge();
                    return merged.wasSuccessful()
                            ? new MergeAttempt.Ended(
                                    committed(into, Objects.requireNonNullElse(merged.getResultantTargetHash(), head)))
                            : conflicting(merged);
                },
                MergeAttempt.Ended::new);
    }

    private MergeReferenceBuilder mergeOf(Commit from, Branch into) {
        return api.mergeRefIntoBranch()
                .fromRefName(
                        from.ref() instanceof Ref.Hash
                                ? Detached.REF_NAME
                                : from.ref().name())
                .fromHash(from.hash())
                .branch(into)
                .returnConflictAsResult(true);
    }

    @Override
    public MergeAttempt.Conflicting foresee(Commit from, Ref.Branch into) {
        var target = Branch.of(into.name(), head(into));
        return calls.ask(
                into, () -> conflicting(mergeOf(from, target).dryRun(true).merge()));
    }

    private static CommitOutcome committed(Ref.Branch branch, String hash) {
        return new CommitOutcome.Committed(new Commit(branch, hash));
    }

    private static MergeAttempt.Conflicting conflicting(MergeResponse merged) {
        return new MergeAttempt.Conflicting(
                Objects.requireNonNull(merged.getCommonAncestor()),
                Objects.requireNonNull(merged.getEffectiveTargetHash()),
                merged.getDetails().stream()
                        .filter(detail -> detail.getConflict() != null)
                        .map(MergeResponse.ContentKeyDetails::getKey)
                        .toList());
    }

    @Override
    public List<Changed> diff(String from, String to) {
        return calls.ask(
                new Ref.Hash(from),
                () -> api.getDiff().fromRef(Detached.of(from)).toRef(Detached.of(to)).stream()
                        .map(entry -> new Changed(
                                entry.getKey(),
                                Optional.ofNullable(entry.getFrom()),
                                Optional.ofNullable(entry.getTo())))
                        .toList());
    }

    /** Without what the server insists on saying itself. */
    private static CommitMeta meta(CommitMeta meta) {
        return CommitMeta.builder()
                .message(meta.getMessage())
                .addAllAllAuthors(meta.getAllAuthors())
                .build();
    }
}
