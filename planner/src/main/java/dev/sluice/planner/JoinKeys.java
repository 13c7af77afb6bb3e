package dev.sluice.planner;

import dev.sluice.core.Filter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Aggregate;
import org.apache.calcite.rel.core.Join;
import org.apache.calcite.rel.core.JoinRelType;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rel.core.TableScan;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.SqlKind;

/**
 * The joins above a place in a query: rows are of no use whose column has a value that no row of the join's other side
 * has. Only scans' own columns count as the other side's, whatever lies between, since that can take values away and
 * adds none but null. Immutable.
 */
record JoinKeys(List<Wanted> wanted) {
    static final JoinKeys NONE = new JoinKeys(List.of());

    /** A column by its number, and the column of another scan whose values it must have. */
    record Wanted(int column, Filter.Key key, ArrowType type) {}

    JoinKeys {
        wanted = List.copyOf(wanted);
    }

    /** Of the inputs of what looks at each row by itself, and of joins; none of anything else's. */
    static List<JoinKeys> below(RelNode rel, JoinKeys above, List<Scan> scans) {
        return switch (rel) {
            case org.apache.calcite.rel.core.Filter filter when !filter.containsOver() -> List.of(above);
            case Project project when !project.containsOver() -> List.of(above.through(project));
            case Join join -> above.through(join, scans);
            default -> rel.getInputs().stream().map(_ -> NONE).toList();
        };
    }

    private JoinKeys through(Project project) {
        return new JoinKeys(wanted.stream()
                .flatMap(
                        w -> column(project.getProjects().get(w.column()))
                                .map(column -> new Wanted(column, w.key(), w.type()))
                                .stream())
                .toList());
    }

    private List<JoinKeys> through(Join join, List<Scan> scans) {
        var type = join.getJoinType();
        var width = join.getLeft().getRowType().getFieldCount();
        var left = new ArrayList<Wanted>();
        var right = new ArrayList<Wanted>();
        for (var w : wanted) {
            if (w.column() < width && (type == JoinRelType.INNER || type == JoinRelType.LEFT)) {
                left.add(w);
            } else if (w.column() >= width && (type == JoinRelType.INNER || type == JoinRelType.RIGHT)) {
                right.add(new Wanted(w.column() - width, w.key(), w.type()));
            }
        }
        for (var condition : RelOptUtil.conjunctions(join.getCondition())) {
            if (!(condition instanceof RexCall call) || call.getKind() != SqlKind.EQUALS) {
                continue;
            }
            var columns = call.getOperands().stream()
                    .flatMap(operand -> column(operand).stream())
                    .sorted()
                    .toList();
            if (columns.size() == 2 && columns.getFirst() < width && columns.getLast() >= width) {
                var other = columns.getLast() - width;
                if (type == JoinRelType.INNER || type == JoinRelType.RIGHT) {
                    add(left, columns.getFirst(), origin(join.getRight(), other, scans));
                }
                if (type == JoinRelType.INNER || type == JoinRelType.LEFT) {
                    add(right, other, origin(join.getLeft(), columns.getFirst(), scans));
                }
            }
        }
        return List.of(new JoinKeys(left), new JoinKeys(right));
    }

    private static void add(List<Wanted> wanted, int column, Optional<Origin> origin) {
        origin.ifPresent(o -> wanted.add(new Wanted(
                column, new Filter.Key(o.scan(), o.field().getName()), o.field().getType())));
    }

    private record Origin(int scan, Field field) {}

    /** The scan's column whose values a column of a result has, or null instead of them. */
    private static Optional<Origin> origin(RelNode rel, int column, List<Scan> scans) {
        return switch (rel) {
            case TableScan scan -> {
                var index =
                        Analysis.scanIndex(scan.getTable().getQualifiedName().getLast());
                yield Optional.of(new Origin(
                        index, ScanFilters.columns(scans.get(index)).getFields().get(column)));
            }
            case org.apache.calcite.rel.core.Filter filter -> origin(filter.getInput(), column, scans);
            case Project project ->
                column(project.getProjects().get(column)).flatMap(c -> origin(project.getInput(), c, scans));
            case Aggregate aggregate ->
                column < aggregate.getGroupCount()
                        ? origin(aggregate.getInput(), aggregate.getGroupSet().nth(column), scans)
                        : Optional.empty();
            case Join join -> {
                var width = join.getLeft().getRowType().getFieldCount();
                yield column < width
                        ? origin(join.getLeft(), column, scans)
                        : origin(join.getRight(), column - width, scans);
            }
            default -> Optional.empty();
        };
    }

    private static Optional<Integer> column(RexNode node) {
        return Constants.strip(node) instanceof RexInputRef ref ? Optional.of(ref.getIndex()) : Optional.empty();
    }

    /** What the rows of a scan must satisfy for the joins above it; nothing is said where rows are to be changed. */
    List<Filter> filters(int index, List<Scan> scans) {
        if (scans.stream().anyMatch(Scan::positions)) {
            return List.of();
        }
        var scan = scans.get(index);
        var fields = ScanFilters.columns(scan).getFields();
        return wanted.stream()
                .filter(w -> w.key().scan() != index
                        && areAlike(fields.get(w.column()).getType(), w.type()))
                .<Filter>map(
                        w -> new Filter.Comparison(fields.get(w.column()).getName(), Filter.Operator.EQUAL, w.key()))
                .distinct()
                .toList();
    }

    /** Whether equal values of both are written alike. */
    private static boolean areAlike(ArrowType one, ArrowType other) {
        return switch (one) {
            case ArrowType.Int _ -> other instanceof ArrowType.Int;
            case ArrowType.Date _ -> other instanceof ArrowType.Date;
            case ArrowType.Utf8 _ -> other instanceof ArrowType.Utf8;
            default -> false;
        };
    }
}
