package dev.sluice.server.query;

import com.google.errorprone.annotations.MustBeClosed;
import dev.sluice.catalog.Catalog;
import dev.sluice.catalog.Commit;
import dev.sluice.core.Code;
import dev.sluice.core.Failure;
import dev.sluice.core.QualifiedName;
import dev.sluice.engine.Engine;
import dev.sluice.planner.Statement;
import dev.sluice.planner.TableRef;
import java.util.List;
import java.util.Optional;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.types.pojo.Schema;
import org.jspecify.annotations.Nullable;

/** Answers SHOW and DESCRIBE. Thread-safe. */
final class Listings {
    private static final Schema SCHEMAS = new Schema(List.of(Listing.text("schema")));
    private static final Schema TABLES = new Schema(List.of(Listing.text("schema"), Listing.text("table")));
    private static final Schema VIEWS = new Schema(List.of(Listing.text("schema"), Listing.text("view")));
    private static final Schema FUNCTIONS = new Schema(List.of(
            Listing.text("schema"),
            Listing.text("function"),
            Listing.text("signature"),
            Listing.text("language"),
            Listing.text("kind")));

    private final Catalog catalog;
    private final RefListings refs;
    private final Descriptions descriptions;
    private final LoadListing loads;
    private final TableText texts;
    private final SystemTables system;
    private final BufferAllocator allocator;

    Listings(Catalog catalog, Engine engine, SystemTables system, BufferAllocator allocator) {
        this.catalog = catalog;
        this.refs = new RefListings(catalog);
        this.descriptions = new Descriptions(catalog, engine);
        this.loads = new LoadListing(catalog);
        this.texts = new TableText(engine);
        this.system = system;
        this.allocator = allocator;
    }

    /** The columns of what the statement lists. */
    Schema schema(Statement.Listed listed) {
        return switch (listed) {
            case Statement.Show show -> schemaOf(show.listing());
            case Statement.ShowLog _ -> RefListings.LOG;
            case Statement.ShowDiff _ -> RefListings.DIFF;
            case Statement.ForecastMerge _ -> RefListings.FORECAST;
            case Statement.ShowLoads _ -> LoadListing.COLUMNS;
            case Statement.Describe _ -> Descriptions.COLUMNS;
            case Statement.DescribeExtended _ -> TableText.DETAILS;
            case Statement.ShowCreate _ -> TableText.STATEMENT;
            case Statement.ShowProperties _ -> TableText.PROPERTIES;
            case Statement.DescribeFunction _ -> Descriptions.FUNCTION;
        };
    }

    @MustBeClosed
    Result open(Statement.Listed listed, Plan plan) {
        var rows = switch (listed) {
            case Statement.Show show -> rows(show, plan.commit());
            case Statement.ShowLog show -> refs.log(show, plan.commit());
            case Statement.ShowDiff show -> refs.diff(show);
            case Statement.ForecastMerge merge -> refs.forecast(merge);
            case Statement.ShowLoads show -> loads.rows(show, plan);
            case Statement.Describe describe -> descriptions.columns(describe, plan);
            case Statement.DescribeExtended(TableRef table) -> texts.details(table, plan);
            case Statement.ShowCreate(TableRef table) -> texts.statement(table, plan);
            case Statement.ShowProperties(TableRef table) -> texts.properties(table, plan);
            case Statement.DescribeFunction describe -> descriptions.function(describe, plan);
        };
        return new Listing(schema(listed), rows).open(allocator);
    }

    private static Schema schemaOf(Statement.Listing listing) {
        return switch (listing) {
            case TABLES -> TABLES;
            case VIEWS -> VIEWS;
            case SCHEMAS -> SCHEMAS;
            case BRANCHES -> RefListings.BRANCHES;
            case TAGS -> RefListings.TAGS;
            case FUNCTIONS -> FUNCTIONS;
            case QUERIES -> SystemTables.QUERIES;
        };
    }

    private List<List<@Nullable Object>> rows(Statement.Show show, Commit commit) {
        show.schema().ifPresent(name -> requireSchema(name, commit));
        var like = show.like().map(LikePattern::plain).orElse(_ -> true);
        return switch (show.listing()) {
            case TABLES ->
                catalog.tables(commit).stream()
                        .filter(table -> in(show, table) && like.test(table.name()))
                        .map(table -> Listing.row(table.schema(), table.name()))
                        .toList();
            case VIEWS ->
                catalog.views(commit).stream()
                        .filter(view -> in(show, view) && like.test(view.name()))
                        .map(view -> Listing.row(view.schema(), view.name()))
                        .toList();
            case SCHEMAS ->
                catalog.schemas(commit).stream().filter(like).map(Listing::row).toList();
            case BRANCHES -> refs.branches(like);
            case TAGS -> refs.tags(like);
            case QUERIES -> system.queries(seen -> seen.isRunning() && like.test(seen.text()));
            case FUNCTIONS ->
                catalog.functions(commit).stream()
                        .filter(f -> in(show, f.name()) && like.test(f.name().name()))
                        .map(f -> Listing.row(
                                f.name().schema(),
                                f.name().name(),
                                descriptions.signature(f.document()),
                                "JAVA",
                                Descriptions.kind(f.document())))
                        .toList();
        };
    }

    private static boolean in(Statement.Show show, QualifiedName name) {
        return show.schema().isEmpty() || show.schema().get().equalsIgnoreCase(name.schema());
    }

    private void requireSchema(String name, Commit commit) {
        if (catalog.schemas(commit).stream().noneMatch(name::equalsIgnoreCase)) {
            throw new Failure.NotFound(
                            Code.SCHEMA_NOT_FOUND,
                            "Schema " + QualifiedName.quote(name) + " does not exist on " + commit.ref(),
                            Optional.empty())
                    .exception();
        }
    }
}
