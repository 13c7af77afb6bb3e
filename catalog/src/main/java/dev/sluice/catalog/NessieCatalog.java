package dev.sluice.catalog;

import com.google.errorprone.annotations.MustBeClosed;
import dev.sluice.core.Failure;
import dev.sluice.core.PartitionField;
import dev.sluice.core.QualifiedName;
import dev.sluice.core.Ref;
import dev.sluice.core.Scope;
import dev.sluice.s3.ObjectCache;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.apache.arrow.vector.types.pojo.Schema;
import org.projectnessie.model.Content;

/**
 * Iceberg tables in a Nessie: one in this process, or a server that others write to as well. Changes of one name that
 * come through this process wait for one another instead of conflicting; those of others are met by trying again.
 */
public final class NessieCatalog implements Catalog {
    private static final String DEFAULT_SCHEMA = "public";
    private static final CommitNote FIRST = new CommitNote("sluice", "CREATE SCHEMA public");
    private static final int PLANNERS = Math.max(2, Runtime.getRuntime().availableProcessors());

    private final Scope scope;
    private final CatalogConfig config;
    private final History history;
    private final Names names;
    private final Schemas schemas;
    private final Tables tables;
    private final Published published;
    private final NessieTables states;
    private final ScanPlanner planner;
    private final LoadLog loads;
    private final TableWriter writer;
    private final TableReverter reverter;
    private final Protection protection;
    private final Merging merging;
    private final TableUpkeep upkeep;
    private final Housekeeping housekeeping;
    private final Horizon horizon;
    private final Forks forks;
    private final TableAlterer alterer;
    private final Views views;
    private final Functions functions;
    private final Branches branches;
    private final MetadataRows metadata;

    private final Turns turns = new Turns();

    @SuppressWarnings("MustBeClosedChecker") // the scope closes the repository
    private NessieCatalog(CatalogConfig config, Optional<ObjectCache> objects, InstantSource clock, Scope scope) {
        this.scope = scope;
        this.config = config;
        var repository = scope.own(Repository.open(config, clock));
        var executor = scope.own(planners());
        var warehouse = config.warehouse().toAbsolutePath().normalize();
        var io = WarehouseIO.of(warehouse, objects);
        this.published = new Published(io);
        this.history = new History(repository, clock);
        this.names = new Names(repository);
        this.schemas = new Schemas(history, names);
        this.tables = new Tables(warehouse, io);
        this.planner = new ScanPlanner(tables, io, executor);
        this.loads = new LoadLog(io);
        this.states = new NessieTables(history, names);
        var commits = new TableCommits(states, tables, io);
        this.writer = new TableWriter(tables, commits, loads, executor);
        this.merging = new Merging(history, names, tables, io, loads, executor);
        this.upkeep = new TableUpkeep(tables, commits, io, executor, clock);
        var files = new Warehouse(warehouse, io);
        this.horizon = files.horizon();
        this.housekeeping = new WarehouseKeeping(repository, new TableKeeping(tables, io, upkeep), io, files, executor);
        this.protection = new Protection(repository, history);
        this.forks = new BranchForks(
                history,
                protection,
                merging,
                new Reads(history, names, tables, io, executor),
                new ForkFiles(history, names, tables, io, warehouse, executor),
                turns::apart);
        this.reverter = new TableReverter(states, tables, commits);
        this.alterer = new TableAlterer(tables, commits, new NullProof(io, executor));
        this.views = new Views(history, names, io, warehouse, clock);
        this.functions = new Functions(history, names, io, warehouse);
        this.metadata = new MetadataRows(tables, io, planner);
        this.branches = new NessieBranches(repository, protection, merging, tables, io);
    }

    /** Opens the catalog, and makes it where there is none yet: with the default branch and schema {@code public}. */
    @MustBeClosed
    public static NessieCatalog open(CatalogConfig config, Optional<ObjectCache> objects, InstantSource clock) {
        LocalFileIO.createFolder(config.warehouse());
        return Scope.handOver(scope -> {
            var catalog = new NessieCatalog(config, objects, clock, scope);
            catalog.createDefaultSchema();
            return catalog;
        });
    }

    /** Threads that read manifests. */
    static ExecutorService planners() {
        return Executors.newFixedThreadPool(
                PLANNERS, Thread.ofPlatform().name("catalog-", 0).daemon().factory());
    }

    private void createDefaultSchema() {
        var main = new Ref.Branch(config.defaultBranch());
        if (history.isEmpty(main)) {
            var outcome = commit(main, new Change.CreateSchema(DEFAULT_SCHEMA), FIRST);
            var another = outcome instanceof CommitOutcome.Conflicted && !history.isEmpty(main);
            if (!another && !(outcome instanceof CommitOutcome.Committed)) {
                throw new Failure.Internal("Schema " + DEFAULT_SCHEMA + " could not be made: " + outcome).exception();
            }
        }
    }

    @Override
    public Commit resolve(Ref ref) {
        var commit = history.resolve(ref);
        if (ref instanceof Ref.Hash) {
            history.requireKept(commit, horizon.time());
        }
        return commit;
    }

    @Override
    public Commit resolve(Ref ref, Instant time) {
        var commit = history.resolve(ref, time);
        if (time.isBefore(horizon.time())) {
            history.requireKept(commit, horizon.time());
        }
        return commit;
    }

    @Override
    public List<RefInfo> refs() {
        return history.refs().stream().filter(info -> !isHidden(info.ref())).toList();
    }

    private static boolean isHidden(Ref ref) {
        return ref instanceof Ref.Branch branch && (branch.isHidden() || branch.equals(Protection.KEPT_ON));
    }

    @Override
    public Optional<Forks> forks() {
        return Optional.of(forks);
    }

    @Override
    public void createRef(Ref ref, Commit at) {
        history.createRef(ref, at);
    }

    @Override
    public void dropRef(Ref ref) {
        if (ref instanceof Ref.Branch(var name) && name.equals(config.defaultBranch())) {
            throw new Failure.Forbidden("The default branch '" + name + "' cannot be dropped", Optional.empty())
                    .exception();
        }
        if (ref instanceof Ref.Branch branch) {
            protection.requireNone(branch);
        }
        history.dropRef(ref);
    }

    @Override
    public boolean isProtected(Ref.Branch branch) {
        return protection.holds(branch);
    }

    @Override
    public CommitOutcome merge(Commit from, Ref.Branch into, CommitNote note) {
        return turns.apart(() -> merging.merge(from, into, note));
    }

    @Override
    public Optional<Branches> branches() {
        return Optional.of(branches);
    }

    @Override
    public List<String> schemas(Commit commit) {
        return names.at(commit).schemas().values().stream().sorted().toList();
    }

    @Override
    public List<QualifiedName> tables(Commit commit) {
        return names.at(commit).ofType(Content.Type.ICEBERG_TABLE).stream()
                .map(Names.Entry::name)
                .toList();
    }

    @Override
    public Optional<TableVersion> findTable(QualifiedName name, Commit commit) {
        return states.find(name, commit).map(table -> tables.version(table.name(), commit, table.metadataLocation()));
    }

    @Override
    public TableVersion atSnapshot(TableVersion table, long snapshotId) {
        return tables.atSnapshot(table, snapshotId);
    }

    @Override
    public List<LoadedFile> loads(TableVersion table) {
        return CatalogFailures.translated(
                "Reading the loads of " + table.name(), () -> loads.files(tables.metadata(table.metadataLocation())));
    }

    @Override
    public ScanFiles files(TableVersion table, ScanFiles.Request request) {
        return planner.files(table, request);
    }

    @Override
    public MetadataRows metadata() {
        return metadata;
    }

    @Override
    public TableVersion draft(
            QualifiedName name,
            Schema schema,
            List<PartitionField> partitioning,
            Map<String, String> properties,
            Optional<TableVersion> replaced,
            Commit commit) {
        var stored = replaced.map(TableVersion::name).orElseGet(() -> states.free(name, commit));
        return tables.draft(stored, schema, partitioning, properties, replaced, commit);
    }

    @Override
    public Optional<Housekeeping> housekeeping() {
        return Optional.of(housekeeping);
    }

    @Override
    public List<QualifiedName> views(Commit commit) {
        return views.all(commit);
    }

    @Override
    public Optional<ViewVersion> findView(QualifiedName name, Commit commit) {
        return views.find(name, commit);
    }

    @Override
    public List<FunctionVersion> functions(Commit commit) {
        return functions.all(commit);
    }

    @Override
    public Optional<FunctionVersion> findFunction(QualifiedName name, Commit commit) {
        return functions.find(name, commit);
    }

    @Override
    public CommitOutcome commit(Ref.Branch branch, Change change, CommitNote note) {
        protection.requireNone(branch);
        return published.around(change, () -> switch (change) {
            case Change.CreateSchema(var name) ->
                turns.alone(Names.fold(name), () -> schemas.create(branch, name, note));
            case Change.DropSchema(var name) -> turns.alone(Names.fold(name), () -> schemas.drop(branch, name, note));
            case Change.CreateTable create ->
                turns.alone(create.draft().name().folded(), () -> writer.create(branch, create, note));
            case Change.AlterTable alter ->
                turns.alone(alter.base().name().folded(), () -> alterer.alter(branch, alter, note));
            case Change.Rename rename -> turns.apart(() -> states.rename(branch, rename, note));
            case Change.RevertTable(var to) -> turns.alone(to.name().folded(), () -> reverter.revert(branch, to, note));
            case Change.DropTable(var name) -> turns.alone(name.folded(), () -> states.drop(branch, name, note));
            case Change.PutView(var name, var view) ->
                turns.alone(name.folded(), () -> views.put(branch, name, view, note));
            case Change.DropView(var name) -> turns.alone(name.folded(), () -> views.drop(branch, name, note));
            case Change.Append append ->
                turns.alone(append.base().name().folded(), () -> writer.append(branch, append, note));
            case Change.Replace replace ->
                turns.alone(replace.base().name().folded(), () -> writer.replace(branch, replace, note));
            case Change.Rewrite rewrite ->
                turns.alone(rewrite.base().name().folded(), () -> upkeep.rewrite(branch, rewrite, note));
            case Change.ExpireSnapshots expire ->
                turns.alone(expire.table().folded(), () -> upkeep.expireSnapshots(branch, expire, note));
            case Change.RewriteManifests rewrite ->
                turns.alone(rewrite.table().folded(), () -> upkeep.rewriteManifests(branch, rewrite, note));
            case Change.ReplacePartitions replace ->
                turns.alone(replace.base().name().folded(), () -> writer.replace(branch, replace, note));
            case Change.PutFunction(var function) ->
                turns.alone(function.name().folded(), () -> functions.put(branch, function, note));
            case Change.DropFunction(var name) -> turns.alone(name.folded(), () -> functions.drop(branch, name, note));
        });
    }

    @Override
    public void close() {
        scope.close();
    }
}
