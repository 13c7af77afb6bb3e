package dev.sluice.catalog;

import dev.sluice.catalog.Difference.Kind;
import dev.sluice.catalog.Difference.Sort;
import dev.sluice.core.QualifiedName;
import dev.sluice.core.Ref;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.apache.iceberg.TableMetadata;
import org.projectnessie.model.CommitMeta;
import org.projectnessie.model.Content;
import org.projectnessie.model.ContentKey;
import org.projectnessie.model.IcebergTable;
import org.projectnessie.model.Operation;

/** Nessie's history, told. */
final class NessieBranches implements Branches {
    private final Repository repository;
    private final Protection protection;
    private final Merging merging;
    private final Tables tables;
    private final FileDifference files;

    NessieBranches(Repository repository, Protection protection, Merging merging, Tables tables, WarehouseIO io) {
        this.repository = repository;
        this.protection = protection;
        this.merging = merging;
        this.tables = tables;
        this.files = new FileDifference(io);
    }

    @Override
    public List<LoggedCommit> log(Commit head, Optional<QualifiedName> table, int limit) {
        var wanted = table.map(QualifiedName::folded);
        return repository
                .log(head.hash(), Repository.Detail.OPERATIONS)
                .filter(commit -> wanted.isEmpty()
                        || commit.operations().stream()
                                .anyMatch(operation -> isNamed(operation.getKey(), wanted.get()::equals)))
                .limit(limit)
                .map(NessieBranches::logged)
                .toList();
    }

    private static LoggedCommit logged(Repository.Logged commit) {
        CommitMeta meta = commit.meta();
        return new LoggedCommit(
                commit.hash(),
                Optional.ofNullable(meta.getAuthor()),
                Optional.ofNullable(meta.getCommitTime()),
                meta.getMessage(),
                commit.operations().stream()
                        .map(Operation::getKey)
                        .map(NessieBranches::shown)
                        .sorted()
                        .distinct()
                        .toList());
    }

    @Override
    public List<Difference> diff(Commit from, Commit to, Predicate<QualifiedName> named) {
        return CatalogFailures.translated(
                "Comparing " + from.ref() + " with " + to.ref(),
                () -> repository.diff(from.hash(), to.hash()).stream()
                        .filter(change -> isNamed(change.key(), named))
                        .map(this::difference)
                        .sorted(Comparator.comparing(Difference::name))
                        .toList());
    }

    @Override
    public CommitOutcome protect(Ref.Branch branch, CommitNote note) {
        return protection.set(branch, true, note);
    }

    @Override
    public CommitOutcome unprotect(Ref.Branch branch, CommitNote note) {
        return protection.set(branch, false, note);
    }

    @Override
    public MergeForecast forecast(Commit from, Ref.Branch into) {
        var foreseen = merging.foresee(from, into);
        var base = new Commit(from.ref(), foreseen.ancestor());
        var changes = repository.diff(base.hash(), from.hash()).stream()
                .map(change -> new MergeForecast.Foreseen(
                        difference(change),
                        Optional.ofNullable(foreseen.conflicts().get(change.key()))))
                .sorted(Comparator.comparing(change -> change.change().name()))
                .toList();
        return new MergeForecast(changes);
    }

    private Difference difference(Repository.Changed change) {
        var sort = change.from().isEmpty() ? Sort.ADDED : change.to().isEmpty() ? Sort.REMOVED : Sort.CHANGED;
        var kind = kind(Stream.of(change.to(), change.from())
                .flatMap(Optional::stream)
                .findFirst()
                .orElseThrow()
                .getType());
        var counted = kind == Kind.TABLE
                ? Optional.of(files.count(metadata(change.from()), metadata(change.to())))
                : Optional.<Difference.Files>empty();
        return new Difference(shown(change.key()), kind, sort, counted);
    }

    private Optional<TableMetadata> metadata(Optional<Content> content) {
        return content.filter(IcebergTable.class::isInstance)
                .map(table -> tables.metadata(((IcebergTable) table).getMetadataLocation()));
    }

    private static Kind kind(Content.Type type) {
        if (type.equals(Content.Type.ICEBERG_TABLE)) {
            return Kind.TABLE;
        }
        if (type.equals(Content.Type.ICEBERG_VIEW)) {
            return Kind.VIEW;
        }
        if (type.equals(Content.Type.NAMESPACE)) {
            return Kind.SCHEMA;
        }
        return type.equals(Content.Type.UDF) ? Kind.FUNCTION : Kind.OTHER;
    }

    /** A schema is named as if it were a thing in itself. */
    private static boolean isNamed(ContentKey key, Predicate<QualifiedName> named) {
        var elements = key.getElements();
        return named.test(new QualifiedName(elements.getFirst(), elements.getLast()).folded());
    }

    private static String shown(ContentKey key) {
        var elements = key.getElements();
        return elements.size() == 2
                ? new QualifiedName(elements.getFirst(), elements.getLast()).toString()
                : String.join(".", elements);
    }
}
