package dev.sluice.server.query;

import dev.sluice.catalog.Catalog;
import dev.sluice.engine.Engine;
import dev.sluice.packages.Packages;
import dev.sluice.planner.Planner;
import dev.sluice.server.files.SourceFiles;
import dev.sluice.udf.runtime.UdfRuntime;
import java.time.InstantSource;
import org.apache.arrow.memory.BufferAllocator;

/**
 * The parts of this package, wired: everything that runs a statement.
 *
 * @param queries runs statements
 * @param lake answers those who browse
 * @param ingests takes rows that come without a statement
 */
public record Statements(Queries queries, LakeMetadata lake, Ingests ingests) {

    /** The other modules, as a server has opened them. */
    public record Modules(
            Catalog catalog, Planner planner, Engine engine, UdfRuntime udfs, Packages packages, SourceFiles files) {}

    /** What goes on in the sessions. */
    public record Activity(RunningStatements running, Transactions transactions) {}

    public static Statements of(Modules modules, Activity activity, BufferAllocator allocator, InstantSource clock) {
        var system = new SystemTables(activity.running());
        var plans = new Plans(
                modules.catalog(),
                new MadeTables(modules.catalog(), modules.engine(), system),
                modules.planner(),
                clock);
        var binder = new QueryBinder(modules.catalog(), modules.engine(), modules.udfs());
        var commits = new Commits(modules.catalog());
        var updates = new Updates(
                plans,
                new Writes(modules.catalog(), modules.engine(), binder, commits),
                new Imports(modules.files(), modules.catalog(), modules.engine(), commits, clock),
                new TableDefinitions(commits),
                new ViewDefinitions(binder, commits),
                new Definitions(
                        modules.catalog(),
                        modules.udfs(),
                        modules.packages(),
                        commits,
                        modules.engine().functionNames()),
                activity.transactions());
        var listings = new Listings(modules.catalog(), modules.engine(), system, allocator);
        var explanation = new Explanation(modules.engine(), allocator);
        var maintenance = new Maintenance(
                modules.catalog(),
                new Optimizer(modules.catalog(), modules.engine(), commits),
                new Cleaner(modules.catalog(), activity, clock),
                commits,
                allocator);
        var queries = new Queries(
                plans, binder, modules.engine(), listings, explanation, updates, maintenance, activity.running());
        var ingests = new Ingests(modules.catalog(), modules.engine(), plans, commits, activity);
        return new Statements(queries, new LakeMetadata(plans, modules.catalog()), ingests);
    }
}
