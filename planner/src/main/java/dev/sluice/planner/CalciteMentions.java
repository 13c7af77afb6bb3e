package dev.sluice.planner;

import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.sql.SqlAsofJoin;
import org.apache.calcite.sql.SqlBasicCall;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlFunction;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlJoin;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlOrderBy;
import org.apache.calcite.sql.SqlPivot;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.SqlUnpivot;
import org.apache.calcite.sql.SqlWith;
import org.apache.calcite.sql.SqlWithItem;
import org.apache.calcite.sql.util.SqlBasicVisitor;
import org.jspecify.annotations.Nullable;

/**
 * Finds the tables and functions in a query that Calcite has read. In FROM it goes through nothing but nodes that it
 * knows, so that no table can hide in one. Confined to one thread, for one query.
 */
final class CalciteMentions extends SqlBasicVisitor<@Nullable Void> {
    private final LineMap lines;
    private final CommonTables commonTables = new CommonTables();
    private final List<Mentions.Table> tables = new ArrayList<>();
    private final List<Mentions.Function> functions = new ArrayList<>();
    private final List<Mentions.Summary> summaries = new ArrayList<>();

    CalciteMentions(LineMap lines) {
        this.lines = lines;
    }

    /** The query has something in FROM that this class does not know. */
    static final class UnknownNode extends RuntimeException {
        UnknownNode(SqlKind kind) {
            super(kind.name(), null, false, false);
        }
    }

    Mentions of(SqlNode query) {
        query.accept(this);
        return new Mentions(tables, functions, summaries, new Mentions.Parser.Calcite());
    }

    @Override
    public @Nullable Void visit(SqlCall call) {
        switch (call) {
            case SqlWith with -> with(with);
            case SqlSelect select -> {
                SummaryReader.read(select, lines).ifPresent(summaries::add);
                clauses(select);
            }
            case SqlOrderBy ordered
            when ordered.query instanceof SqlSelect select && !ordered.orderList.isEmpty() -> {
                clauses(select);
                expression(ordered.orderList);
                expression(ordered.offset);
                expression(ordered.fetch);
            }
            default -> {
                if (call.getKind() == SqlKind.EXPLICIT_TABLE) {
                    from(call.operand(0), true);
                } else {
                    function(call);
                    call.getOperandList().forEach(this::expression);
                }
            }
        }
        return null;
    }

    private void clauses(SqlSelect select) {
        from(select.getFrom(), false);
        expression(select.getSelectList());
        expression(select.getWhere());
        expression(select.getGroup());
        expression(select.getHaving());
        expression(select.getWindowList());
        expression(select.getQualify());
        expression(select.getOrderList());
        expression(select.getOffset());
        expression(select.getFetch());
    }

    private void expression(@Nullable SqlNode node) {
        if (node != null) {
            node.accept(this);
        }
    }

    private void function(SqlCall call) {
        if (call.getOperator() instanceof SqlFunction function && function.getSqlIdentifier() != null) {
            var name = function.getSqlIdentifier();
            functions.add(new Mentions.Function(
                    lines.start(name.getParserPosition()), List.copyOf(name.names), Mentions.Place.EXPRESSION));
        }
    }

    private void with(SqlWith with) {
        commonTables.enter();
        for (var node : with.withList) {
            var item = (SqlWithItem) node;
            commonTables.enter();
            if (item.recursive.booleanValue() && item.query.getKind() == SqlKind.UNION) {
                commonTables.define(item.name.getSimple());
            }
            item.query.accept(this);
            commonTables.leave();
            commonTables.define(item.name.getSimple());
        }
        with.body.accept(this);
        commonTables.leave();
    }

    private void from(@Nullable SqlNode node, boolean aliased) {
        switch (node) {
            case null -> {}
            case SqlIdentifier name -> table(name, aliased);
            case SqlJoin join -> {
                from(join.getLeft(), false);
                from(join.getRight(), false);
                expression(join.getCondition());
                if (join instanceof SqlAsofJoin asof) {
                    expression(asof.getMatchCondition());
                }
            }
            case SqlPivot pivot -> {
                from(pivot.query, false);
                List.of(pivot.aggList, pivot.axisList, pivot.inList).forEach(this::expression);
            }
            case SqlUnpivot unpivot -> {
                from(unpivot.query, false);
                List.of(unpivot.measureList, unpivot.axisList, unpivot.inList).forEach(this::expression);
            }
            case SqlSelect select -> visit(select);
            case SqlWith with -> visit(with);
            case SqlBasicCall call -> fromCall(call, aliased);
            default -> fromQuery(node);
        }
    }

    private void fromCall(SqlBasicCall call, boolean aliased) {
        switch (call.getKind()) {
            case AS -> from(call.operand(0), true);
            case LATERAL, TABLESAMPLE -> from(call.operand(0), aliased);
            case UNNEST -> call.getOperandList().forEach(this::expression);
            default -> fromQuery(call);
        }
    }

    private void fromQuery(SqlNode node) {
        switch (node.getKind()) {
            case UNION, INTERSECT, EXCEPT, VALUES, ORDER_BY -> node.accept(this);
            default -> throw new UnknownNode(node.getKind());
        }
    }

    private void table(SqlIdentifier name, boolean aliased) {
        if (!commonTables.contains(name.names)) {
            tables.add(new Mentions.Table(lines.start(name.getParserPosition()), List.copyOf(name.names), aliased));
        }
    }
}
