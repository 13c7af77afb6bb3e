package dev.sluice.planner;

import dev.sluice.core.Filter;
import dev.sluice.core.RowColumn;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.Schema;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.TableScan;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.rex.RexSubQuery;
import org.apache.calcite.rex.RexUtil;

/**
 * Collects the conditions that lie on each scan once they are pushed down. Subqueries in conditions are looked at by
 * themselves and are not joined in: what is lost is little, and Calcite's decorrelation need not be trusted. A scan
 * that Calcite has twice, such as one in a common table expression, gets the disjunction. Confined to one thread, for
 * one query.
 */
final class ScanFilters {
    private final List<Scan> scans;
    private final RexBuilder builder;
    private final PushDown pushDown = new PushDown();
    private final Deque<RelNode> pending = new ArrayDeque<>();
    private final Map<Integer, List<Optional<Filter>>> found = new HashMap<>();

    ScanFilters(List<Scan> scans, RexBuilder builder) {
        this.scans = scans;
        this.builder = builder;
    }

    /** A scan's columns, with those that tell of its rows. */
    static Schema columns(Scan scan) {
        var fields = new ArrayList<>(scan.schema().getFields());
        if (scan.positions()) {
            fields.add(Field.nullable(Scan.FILE, new ArrowType.Utf8()));
            fields.add(Field.nullable(Scan.ROW, new ArrowType.Int(64, true)));
        }
        scan.rowColumns().stream().sorted().map(RowColumn::field).forEach(fields::add);
        return new Schema(fields);
    }

    Map<Integer, Filter> collect(RelNode query) {
        pending.add(query);
        while (!pending.isEmpty()) {
            visit(pushDown.apply(withoutSubqueries(pending.remove())), Optional.empty(), JoinKeys.NONE);
        }
        var filters = new HashMap<Integer, Filter>();
        found.forEach((scan, uses) -> any(uses).ifPresent(filter -> filters.put(scan, filter)));
        return Map.copyOf(filters);
    }

    private static Optional<Filter> any(List<Optional<Filter>> uses) {
        if (uses.stream().anyMatch(Optional::isEmpty)) {
            return Optional.empty();
        }
        var terms = uses.stream().flatMap(Optional::stream).distinct().toList();
        return Optional.of(terms.size() == 1 ? terms.getFirst() : new Filter.Or(terms));
    }

    /** Takes the conjuncts with subqueries out of all filters, and leaves the subqueries for later. */
    private RelNode withoutSubqueries(RelNode rel) {
        var inputs = rel.getInputs().stream().map(this::withoutSubqueries).toList();
        var copy = inputs.equals(rel.getInputs()) ? rel : rel.copy(rel.getTraitSet(), inputs);
        copy.accept(new RexShuttle() {
            @Override
            public RexNode visitSubQuery(RexSubQuery subquery) {
                pending.add(subquery.rel);
                return super.visitSubQuery(subquery);
            }
        });
        if (!(copy instanceof org.apache.calcite.rel.core.Filter filter)) {
            return copy;
        }
        var kept = RelOptUtil.conjunctions(filter.getCondition()).stream()
                .filter(condition -> RexUtil.SubQueryFinder.find(condition) == null)
                .toList();
        return kept.isEmpty()
                ? filter.getInput()
                : filter.copy(filter.getTraitSet(), filter.getInput(), RexUtil.composeConjunction(builder, kept));
    }

    private void visit(RelNode rel, Optional<RexNode> condition, JoinKeys keys) {
        switch (rel) {
            case TableScan scan -> {
                var names = scan.getTable().getQualifiedName();
                var index = Analysis.scanIndex(names.getLast());
                var predicates = new Predicates(columns(scans.get(index)), builder);
                var terms = Stream.concat(
                                condition.flatMap(predicates::of).stream(), keys.filters(index, scans).stream())
                        .toList();
                found.computeIfAbsent(index, _ -> new ArrayList<>()).add(all(terms));
            }
            case org.apache.calcite.rel.core.Filter filter ->
                visit(filter.getInput(), Optional.of(filter.getCondition()), keys);
            default -> {
                var below = JoinKeys.below(rel, keys, scans);
                for (var i = 0; i < below.size(); i++) {
                    visit(rel.getInput(i), Optional.empty(), below.get(i));
                }
            }
        }
    }

    private static Optional<Filter> all(List<Filter> terms) {
        return switch (terms.size()) {
            case 0 -> Optional.empty();
            case 1 -> Optional.of(terms.getFirst());
            default -> Optional.of(new Filter.And(terms));
        };
    }
}
