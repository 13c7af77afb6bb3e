package dev.sluice.catalog;

import com.google.errorprone.annotations.MustBeClosed;
import dev.sluice.core.Code;
import dev.sluice.core.Failure;
import dev.sluice.core.FailureException;
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
import org.apache.arrow.vector.types.pojo.Schema;

/**
 * Iceberg tables of a REST catalog. It has no commits, branches or functions, and one branch's name stands for what it
 * is now: a {@link Commit} of it is a state in which each table is as it was when the state was first asked for it, so
 * that a statement reads every table once. A time is looked up in each table's own snapshots.
 */
final class RestCatalog implements Catalog {
    private static final String DEFAULT_SCHEMA = "public";

    private final Scope scope;
    private final Ref.Branch main;
    private final Published published;
    private final RestServer server;
    private final RestCalls calls;
    private final RestStates states;
    private final Tables tables;
    private final RestTables present;
    private final RestNames names;
    private final RestViews views;
    private final ScanPlanner planner;
    private final LoadLog loads;
    private final MetadataRows metadata;
    private final TableWriter writer;
    private final TableAlterer alterer;
    private final TableReverter reverter;
    private final TableUpkeep upkeep;
    private final Housekeeping housekeeping;
    private final Turns turns = new Turns();

    private RestCatalog(
            CatalogConfig config,
            RestServer server,
            RestCalls calls,
            Optional<ObjectCache> objects,
            ExecutorService executor,
            InstantSource clock,
            Scope scope) {
        this.scope = scope;
        this.main = new Ref.Branch(config.defaultBranch());
        this.server = server;
        this.calls = calls;
        var warehouse = config.warehouse().toAbsolutePath().normalize();
        var io = WarehouseIO.of(warehouse, objects);
        this.published = new Published(io);
        this.tables = new Tables(warehouse, io);
        this.states = new RestStates(server, calls, tables);
        this.present = new RestTables(server, calls, states, tables);
        this.names = new RestNames(server, calls, states);
        this.views = new RestViews(server, calls, states, io.location(warehouse), clock);
        this.planner = new ScanPlanner(tables, io, executor);
        this.loads = new LoadLog(io);
        this.metadata = new MetadataRows(tables, io, planner);
        var commits = new TableCommits(present, tables, io);
        this.writer = new TableWriter(tables, commits, loads, executor);
        this.alterer = new TableAlterer(tables, commits, new NullProof(io, executor));
        this.reverter = new TableReverter(present, tables, commits);
        this.upkeep = new TableUpkeep(tables, commits, io, executor, clock);
        this.housekeeping = new RestKeeping(warehouse, new TableKeeping(tables, io, upkeep));
    }

    /** Asks the server at once; makes schema {@code public} where it has no schema at all. */
    @MustBeClosed
    @SuppressWarnings("MustBeClosedChecker") // the scope closes them
    static RestCatalog open(
            CatalogConfig config, CatalogConfig.Home.Rest home, Optional<ObjectCache> objects, InstantSource clock) {
        LocalFileIO.createFolder(config.warehouse());
        return Scope.handOver(scope -> {
            var calls = new RestCalls(home.uri());
            var server = scope.own(calls.ask(() -> RestServer.open(RestSettings.of(home))));
            var executor = scope.own(NessieCatalog.planners());
            var catalog = new RestCatalog(config, server, calls, objects, executor, clock, scope);
            catalog.createDefaultSchema();
            return catalog;
        });
    }

    /** Where it conflicts, another server has made it. */
    private void createDefaultSchema() {
        if (calls.ask(server::schemas).isEmpty()
                && names.createSchema(main, DEFAULT_SCHEMA) instanceof CommitOutcome.Unknown(var reason)) {
            throw new Failure.Unavailable(reason).exception();
        }
    }

    @Override
    public Commit resolve(Ref ref) {
        return switch (ref) {
            case Ref.Branch branch when branch.equals(main) -> states.begin(main, Optional.empty());
            case Ref.Branch _, Ref.Tag _, Ref.Hash _ -> throw noRefs(ref.toString());
        };
    }

    @Override
    public Commit resolve(Ref ref, Instant time) {
        if (!ref.equals(main)) {
            throw noRefs(ref.toString());
        }
        return states.begin(main, Optional.of(time));
    }

    @Override
    public List<RefInfo> refs() {
        return List.of(new RefInfo(main, "", Optional.empty(), Optional.empty()));
    }

    @Override
    public void createRef(Ref ref, Commit at) {
        throw noRefs("CREATE " + ref);
    }

    @Override
    public void dropRef(Ref ref) {
        throw noRefs("DROP " + ref);
    }

    @Override
    public CommitOutcome merge(Commit from, Ref.Branch into, CommitNote note) {
        throw noRefs("MERGE " + from.ref());
    }

    @Override
    public Optional<Branches> branches() {
        return Optional.empty();
    }

    @Override
    public Optional<Forks> forks() {
        return Optional.empty();
    }

    private FailureException noRefs(String what) {
        return unsupported(what, "which has no branches, tags and commits but '" + main.name() + "'");
    }

    private static FailureException unsupported(String what, String lack) {
        return Failure.unsupported(what + " is not supported by this catalog, " + lack
                        + "; one with catalog.type = embedded or nessie does")
                .exception();
    }

    @Override
    public List<String> schemas(Commit commit) {
        return states.at(commit).schemas();
    }

    @Override
    public List<QualifiedName> tables(Commit commit) {
        return states.at(commit).tables();
    }

    @Override
    public Optional<TableVersion> findTable(QualifiedName name, Commit commit) {
        var time = states.at(commit).time();
        return present.find(name, commit)
                .map(table -> tables.version(table.name(), commit, table.metadataLocation()))
                .map(table -> time.map(at -> tables.atTime(table, at)).orElse(table));
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
        var stored = replaced.map(TableVersion::name).orElseGet(() -> present.free(name, commit));
        return tables.draft(stored, schema, partitioning, properties, replaced, commit);
    }

    @Override
    public Optional<Housekeeping> housekeeping() {
        return Optional.of(housekeeping);
    }

    @Override
    public List<QualifiedName> views(Commit commit) {
        return states.at(commit).views();
    }

    @Override
    public Optional<ViewVersion> findView(QualifiedName name, Commit commit) {
        return views.find(name, commit);
    }

    @Override
    public List<FunctionVersion> functions(Commit commit) {
        return List.of();
    }

    @Override
    public Optional<FunctionVersion> findFunction(QualifiedName name, Commit commit) {
        return Optional.empty();
    }

    @Override
    public CommitOutcome commit(Ref.Branch branch, Change change, CommitNote note) {
        if (!branch.equals(main)) {
            throw noRefs(branch.toString());
        }
        return published.around(change, () -> switch (change) {
            case Change.CreateSchema(var name) -> turns.alone(Names.fold(name), () -> names.createSchema(branch, name));
            case Change.DropSchema(var name) -> turns.alone(Names.fold(name), () -> names.dropSchema(branch, name));
            case Change.CreateTable create ->
                turns.alone(create.draft().name().folded(), () -> writer.create(branch, create, note));
            case Change.AlterTable alter ->
                turns.alone(alter.base().name().folded(), () -> alterer.alter(branch, alter, note));
            case Change.Rename rename -> turns.apart(() -> names.rename(branch, rename));
            case Change.RevertTable(var to) -> turns.alone(to.name().folded(), () -> reverter.revert(branch, to, note));
            case Change.DropTable(var name) -> turns.alone(name.folded(), () -> present.drop(branch, name));
            case Change.PutView(var name, var view) -> turns.alone(name.folded(), () -> views.put(branch, name, view));
            case Change.DropView(var name) -> turns.alone(name.folded(), () -> views.drop(branch, name));
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
                throw unsupported("CREATE FUNCTION " + function.name(), "which has no place for functions");
            case Change.DropFunction(var name) ->
                throw CatalogFailures.notFound(Code.FUNCTION_NOT_FOUND, "Function '" + name + "' does not exist");
        });
    }

    @Override
    public void close() {
        scope.close();
    }
}
