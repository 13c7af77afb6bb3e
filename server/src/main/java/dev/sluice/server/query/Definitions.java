package dev.sluice.server.query;

import dev.sluice.catalog.Catalog;
import dev.sluice.catalog.Change;
import dev.sluice.catalog.Commit;
import dev.sluice.catalog.CommitNote;
import dev.sluice.catalog.FunctionVersion;
import dev.sluice.catalog.RefInfo;
import dev.sluice.core.Code;
import dev.sluice.core.Failure;
import dev.sluice.core.Failure.Position;
import dev.sluice.core.FailureException;
import dev.sluice.core.LockedJar;
import dev.sluice.core.QualifiedName;
import dev.sluice.core.Ref;
import dev.sluice.packages.Packages;
import dev.sluice.planner.Statement;
import dev.sluice.planner.Statement.Existing;
import dev.sluice.planner.Statement.Quoted;
import dev.sluice.server.session.Session;
import dev.sluice.udf.runtime.UdfRuntime;
import dev.sluice.udf.runtime.UdfSource;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Schemas, refs and functions: made, dropped, merged and used. Thread-safe. */
final class Definitions {
    private final Catalog catalog;
    private final UdfRuntime udfs;
    private final Packages packages;
    private final Commits commits;
    private final Set<String> engineFunctions;

    /** @param engineFunctions names that users' functions may not have, in lower case */
    Definitions(Catalog catalog, UdfRuntime udfs, Packages packages, Commits commits, Set<String> engineFunctions) {
        this.catalog = catalog;
        this.udfs = udfs;
        this.packages = packages;
        this.commits = commits;
        this.engineFunctions = Set.copyOf(engineFunctions);
    }

    void createSchema(Statement.CreateSchema create, Plan plan, CommitNote note) {
        if (MadeTables.owns(create.name())) {
            throw new Failure.Exists(Code.SCHEMA_EXISTS, "Schema " + create.name() + " is the server's own")
                    .exception();
        }
        if (!(create.ifNotExists() && hasSchema(create.name(), plan.commit()))) {
            commits.commit(Commits.branch(plan), new Change.CreateSchema(create.name()), note);
        }
    }

    void dropSchema(Statement.DropSchema drop, Plan plan, CommitNote note) {
        if (!(drop.ifExists() && !hasSchema(drop.name(), plan.commit()))) {
            commits.commit(Commits.branch(plan), new Change.DropSchema(drop.name()), note);
        }
    }

    private boolean hasSchema(String name, Commit commit) {
        return catalog.schemas(commit).stream().anyMatch(name::equalsIgnoreCase);
    }

    void createRef(Statement.CreateRef create, Plan plan) {
        if (!(create.ifNotExists() && hasRef(create.ref()))) {
            catalog.createRef(create.ref(), create.from().map(catalog::resolve).orElse(plan.commit()));
        }
    }

    void dropRef(Statement.DropRef drop, Session session) {
        if (drop.ifExists() && !hasRef(drop.ref())) {
            return;
        }
        if (session.state().ref().filter(drop.ref()::equals).isPresent()) {
            throw new Failure.Invalid(
                            Code.INVALID_STATEMENT,
                            drop.ref() + " is in use by this session: USE another one first",
                            Optional.empty())
                    .exception();
        }
        catalog.dropRef(drop.ref());
    }

    private boolean hasRef(Ref ref) {
        return catalog.refs().stream().map(RefInfo::ref).anyMatch(ref::equals);
    }

    void protect(Statement.ProtectBranch protect, CommitNote note) {
        var branches = Branching.branches(catalog, "ALTER BRANCH");
        var outcome =
                protect.on() ? branches.protect(protect.branch(), note) : branches.unprotect(protect.branch(), note);
        Commits.require(outcome, List.of());
    }

    void merge(Statement.MergeBranch merge, CommitNote note) {
        Commits.require(catalog.merge(catalog.resolve(merge.from()), merge.into(), note), List.of());
    }

    void use(Statement.UseRef use, Session session) {
        var commit = catalog.resolve(use.ref());
        session.use(commit.ref());
    }

    void useSchema(Statement.UseSchema use, Plan plan, Session session) {
        var schema = catalog.schemas(plan.commit()).stream()
                .filter(use.schema()::equalsIgnoreCase)
                .findFirst()
                .orElseThrow(() -> new Failure.NotFound(
                                Code.SCHEMA_NOT_FOUND,
                                "Schema " + use.schema() + " does not exist on "
                                        + plan.commit().ref(),
                                Optional.empty())
                        .exception());
        session.useSchema(schema);
    }

    void createFunction(Statement.CreateFunction create, Plan plan, CommitNote note) {
        requireOwnName(create);
        var present = catalog.findFunction(create.name(), plan.commit());
        if (present.isPresent() && create.existing() == Existing.KEEP) {
            return;
        }
        if (present.isPresent() && create.existing() == Existing.FAIL) {
            throw new Failure.Exists(
                            Code.FUNCTION_EXISTS,
                            "Function " + present.get().name() + " exists already: CREATE OR REPLACE it, or drop it")
                    .exception();
        }
        var source = new UdfSource(
                        create.name().name(),
                        create.kind(),
                        create.parameters(),
                        create.result(),
                        create.handler(),
                        create.deterministic(),
                        create.calledOnNull(),
                        libraries(create, plan),
                        create.body())
                .within(create.limits());
        compile(source, create, plan);
        var function = new FunctionVersion(create.name(), FunctionDocument.write(source));
        commits.commit(Commits.branch(plan), new Change.PutFunction(function), note);
    }

    /** DuckDB's function would be called under the name, and never the user's. */
    private void requireOwnName(Statement.CreateFunction create) {
        if (engineFunctions.contains(create.name().name().toLowerCase(Locale.ROOT))) {
            throw new Failure.Exists(
                            Code.FUNCTION_EXISTS,
                            "Function " + create.name().name() + " is one of DuckDB's own: choose another name")
                    .exception();
        }
    }

    private List<LockedJar> libraries(Statement.CreateFunction create, Plan plan) {
        try {
            return packages.resolve(create.packages().stream().map(Quoted::text).toList());
        } catch (FailureException e) {
            var meant = create.packages().stream()
                    .filter(one -> e.failure().message().contains(one.text()))
                    .findFirst()
                    .map(one -> Position.of(plan.sql(), one.offset()));
            throw new FailureException(e.failure().at(meant), e);
        }
    }

    /** Compiles, so that a function that does not is refused with its place in the client's text. */
    private void compile(UdfSource source, Statement.CreateFunction create, Plan plan) {
        try {
            udfs.compile(source);
        } catch (FailureException e) {
            var body = Position.of(plan.sql(), create.bodyOffset());
            var position = e.failure().position().map(inBody -> shifted(inBody, body));
            throw new FailureException(e.failure().at(position), e);
        }
    }

    private static Position shifted(Position inBody, Position body) {
        return inBody.line() == 1
                ? new Position(body.line(), body.column() + inBody.column() - 1)
                : new Position(body.line() + inBody.line() - 1, inBody.column());
    }

    void dropFunction(Statement.DropFunction drop, Plan plan, CommitNote note) {
        if (catalog.findFunction(drop.name(), plan.commit()).isPresent()) {
            commits.commit(Commits.branch(plan), new Change.DropFunction(drop.name()), note);
        } else if (!drop.ifExists()) {
            throw missing(drop.name(), plan.commit()).exception();
        }
    }

    static Failure missing(QualifiedName function, Commit commit) {
        return new Failure.NotFound(
                Code.FUNCTION_NOT_FOUND,
                "Function " + function + " does not exist on " + commit.ref(),
                Optional.empty());
    }
}
