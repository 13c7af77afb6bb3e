package dev.sluice.planner;

import dev.sluice.core.Code;
import dev.sluice.core.Failure;
import dev.sluice.core.FailureException;
import dev.sluice.core.QualifiedName;
import dev.sluice.planner.SqlTemplate.CountHole;
import dev.sluice.planner.SqlTemplate.Expanded;
import dev.sluice.planner.SqlTemplate.FunctionHole;
import dev.sluice.planner.SqlTemplate.InputHole;
import dev.sluice.planner.SqlTemplate.Inserted;
import dev.sluice.planner.SqlTemplate.Part;
import dev.sluice.planner.SqlTemplate.ScanHole;
import dev.sluice.planner.SqlTemplate.Verbatim;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Puts the query of a view in the place of its name: its tables are read at the ref that the view is read at. */
final class ViewExpander {
    private static final int MAX_DEPTH = 32;

    private final QueryPlanner queries;
    private final PlanContext context;

    ViewExpander(QueryPlanner queries, PlanContext context) {
        this.queries = queries;
        this.context = context;
    }

    /** A query with the view's columns; empty where there is no such view. */
    Optional<Statement.Query> expand(TableRef ref) {
        return context.views().find(ref).map(view -> {
            if (ref.snapshotId().isPresent()) {
                var message = "View '" + view.name() + "' has no snapshots: write FOR SYSTEM_TIME AS OF, or AT COMMIT";
                throw new Failure.Invalid(Code.INVALID_STATEMENT, message, Optional.of(ref.position())).exception();
            }
            return columns(view, plan(view, ref), ref);
        });
    }

    private Statement.Query plan(ViewText view, TableRef ref) {
        var within = new PlanContext(
                view.defaultSchema(),
                context.now(),
                table -> context.tables().find(at(table, ref)),
                context.functions(),
                Open.within(context.views(), view.name(), ref));
        try {
            var draft = Draft.of(view.sql());
            var tokens = new Tokens(draft, Tokenizer.read(draft).tokens());
            var query = new QueryReader(new Reading(tokens, within, queries)).read();
            tokens.expectEnd();
            return query;
        } catch (FailureException e) {
            throw new FailureException(named(e.failure(), view, ref), e);
        }
    }

    private static Failure named(Failure failure, ViewText view, TableRef ref) {
        var dialect = view.dialect().equals(ViewText.DIALECT) ? "" : ", whose SQL is " + view.dialect() + "'s,";
        return failure.prefixed("View '" + view.name() + "'" + dialect + " cannot be read: ")
                .at(Optional.of(ref.position()));
    }

    private Statement.Query columns(ViewText view, Statement.Query query, TableRef ref) {
        var name = view.name();
        var byName = view.columns().size() == view.queryColumns().size();
        var columns = IntStream.range(0, view.columns().size())
                .mapToObj(i -> byName
                        ? quoted(view.queryColumns().get(i)) + " AS "
                                + quoted(view.columns().get(i))
                        : quoted(view.columns().get(i)))
                .collect(Collectors.joining(", "));
        var alias = quoted(name.name()) + (byName ? "" : "(" + columns + ")");
        var parts = new ArrayList<Part>();
        parts.add(new Expanded(0, "(SELECT " + (byName ? columns : "*") + " FROM (", name));
        query.sql().parts().forEach(part -> parts.add(moved(part, name)));
        parts.add(new Expanded(0, ") AS " + alias + ")", name));
        return at(
                new Statement.Query(
                        new SqlTemplate(query.sql().source(), parts),
                        query.scans(),
                        query.functions(),
                        query.parameters()),
                ref);
    }

    /** The query as the view reads it. */
    private static Statement.Query at(Statement.Query query, TableRef ref) {
        var scans = query.scans().stream()
                .map(scan -> new Scan(
                        at(scan.table(), ref),
                        scan.schema(),
                        scan.filter(),
                        scan.columns(),
                        scan.positions(),
                        scan.rowColumns(),
                        scan.summary()))
                .toList();
        var parts = query.sql().parts().stream()
                .map(part -> part instanceof InputHole(int start, Statement.Query input)
                        ? new InputHole(start, at(input, ref))
                        : part)
                .toList();
        return new Statement.Query(
                new SqlTemplate(query.sql().source(), parts), scans, query.functions(), query.parameters());
    }

    private static String quoted(String name) {
        return QualifiedName.quote(name);
    }

    /** What stands in another text now, and names the innermost view that it is from. */
    private static Part moved(Part part, QualifiedName view) {
        return switch (part) {
            case Verbatim(int _, String text) -> new Expanded(0, text, view);
            case Inserted(int _, String text) -> new Expanded(0, text, view);
            case Expanded expanded -> expanded;
            case ScanHole hole -> hole;
            case FunctionHole hole -> hole;
            case InputHole hole -> hole;
            case CountHole(int _, int scan, String text, boolean unnamed) -> new CountHole(0, scan, text, unnamed);
        };
    }

    /** The table as the view reads it. */
    private static TableRef at(TableRef table, TableRef view) {
        var own = table.ref().isPresent()
                || table.asOf().isPresent()
                || table.snapshotId().isPresent();
        return own
                ? new TableRef(table.name(), table.ref(), table.asOf(), table.snapshotId(), view.position())
                : new TableRef(table.name(), view.ref(), view.asOf(), table.snapshotId(), view.position());
    }

    /** Views within views; none may be found within itself. */
    record Open(ViewLookup views, List<QualifiedName> names, Optional<TableRef> ref) implements ViewLookup {
        /** The views that a view's own text may name. */
        static Open within(ViewLookup outer, QualifiedName view, TableRef ref) {
            var above = outer instanceof Open open ? open.names() : List.<QualifiedName>of();
            return new Open(
                    outer, Stream.concat(above.stream(), Stream.of(view)).toList(), Optional.of(ref));
        }

        @Override
        public Optional<ViewText> find(TableRef view) {
            var found = unchecked(view);
            found.ifPresent(text -> check(text.name(), view));
            return found;
        }

        private Optional<ViewText> unchecked(TableRef view) {
            var mapped = ref.map(outer -> at(view, outer)).orElse(view);
            return views instanceof Open open ? open.unchecked(mapped) : views.find(mapped);
        }

        private void check(QualifiedName name, TableRef view) {
            var isOpen = names.stream().map(QualifiedName::folded).anyMatch(name.folded()::equals);
            if (isOpen || names.size() >= MAX_DEPTH) {
                var way = Stream.concat(names.stream(), Stream.of(name))
                        .map(QualifiedName::toString)
                        .collect(Collectors.joining(" → "));
                var message = isOpen ? "it is defined by itself: " + way : "Views nest deeper than " + MAX_DEPTH;
                throw new Failure.Invalid(Code.INVALID_STATEMENT, message, Optional.of(view.position())).exception();
            }
        }
    }
}
