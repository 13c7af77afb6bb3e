package dev.sluice.planner;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.calcite.sql.SqlBasicCall;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlDynamicParam;
import org.apache.calcite.sql.SqlFunction;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.fun.SqlCase;
import org.jspecify.annotations.Nullable;

/**
 * Finds out whether a SELECT asks nothing of its one table but {@code count(*)}, {@code min(column)} and
 * {@code max(column)} over all rows. Confined to one thread, for one SELECT.
 */
final class SummaryReader {
    /** What gives one value for one row, and is no aggregate whatever it stands around. */
    private static final Set<SqlKind> OPERATORS = Set.of(
            SqlKind.PLUS,
            SqlKind.MINUS,
            SqlKind.TIMES,
            SqlKind.DIVIDE,
            SqlKind.MINUS_PREFIX,
            SqlKind.EQUALS,
            SqlKind.NOT_EQUALS,
            SqlKind.LESS_THAN,
            SqlKind.LESS_THAN_OR_EQUAL,
            SqlKind.GREATER_THAN,
            SqlKind.GREATER_THAN_OR_EQUAL,
            SqlKind.AND,
            SqlKind.OR,
            SqlKind.NOT,
            SqlKind.IS_NULL,
            SqlKind.IS_NOT_NULL);

    private final LineMap lines;
    private final List<Mentions.Summary.Count> counts = new ArrayList<>();
    private final Set<List<String>> columns = new LinkedHashSet<>();

    private SummaryReader(LineMap lines) {
        this.lines = lines;
    }

    static Optional<Mentions.Summary> read(SqlSelect select, LineMap lines) {
        return new SummaryReader(lines).read(select);
    }

    private Optional<Mentions.Summary> read(SqlSelect select) {
        if (select.getWhere() != null
                || select.getGroup() != null
                || select.getHaving() != null
                || select.getQualify() != null
                || !select.getWindowList().isEmpty()
                || (select.getOrderList() != null && !select.getOrderList().isEmpty())
                || !select.getSelectList().stream().allMatch(this::isItem)
                || (counts.isEmpty() && columns.isEmpty())) {
            return Optional.empty();
        }
        return switch (select.getFrom()) {
            case SqlIdentifier table -> Optional.of(summary(table, table.names.getLast()));
            case SqlBasicCall call
            when call.getKind() == SqlKind.AS
                    && call.operandCount() == 2
                    && call.operand(0) instanceof SqlIdentifier table
                    && call.operand(1) instanceof SqlIdentifier alias -> Optional.of(summary(table, alias.getSimple()));
            case null, default -> Optional.empty();
        };
    }

    private Mentions.Summary summary(SqlIdentifier table, String alias) {
        return new Mentions.Summary(lines.start(table.getParserPosition()), alias, counts, columns);
    }

    /** DuckDB names an item without a name after its text: a count that goes away may be the whole of it, or named. */
    private boolean isItem(@Nullable SqlNode item) {
        if (item instanceof SqlCall call && isCount(call)) {
            return count(call, true);
        }
        var before = counts.size();
        if (item instanceof SqlCall call && call.getKind() == SqlKind.AS) {
            return isExpression(call.operand(0));
        }
        return isExpression(item) && counts.size() == before;
    }

    private boolean isExpression(@Nullable SqlNode node) {
        return switch (node) {
            case SqlLiteral _, SqlDynamicParam _ -> true;
            case SqlCase _ -> false;
            case SqlCall call when isCount(call) -> count(call, false);
            case SqlCall call when isCallOf(call, "MIN") || isCallOf(call, "MAX") -> extreme(call);
            case SqlCall call when call.getKind() == SqlKind.CAST -> isExpression(call.operand(0));
            case SqlCall call
            when OPERATORS.contains(call.getKind()) ->
                call.getOperandList().stream().allMatch(this::isExpression);
            case null, default -> false;
        };
    }

    private static boolean isCount(SqlCall call) {
        return isCallOf(call, "COUNT")
                && call.operandCount() == 1
                && call.operand(0) instanceof SqlIdentifier star
                && star.isStar()
                && star.names.size() == 1;
    }

    private static boolean isCallOf(SqlCall call, String function) {
        return call.getOperator() instanceof SqlFunction called
                && called.getName().equalsIgnoreCase(function)
                && (called.getSqlIdentifier() == null
                        || called.getSqlIdentifier().isSimple())
                && call.getFunctionQuantifier() == null;
    }

    private boolean count(SqlCall call, boolean unnamed) {
        counts.add(new Mentions.Summary.Count(lines.start(call.getParserPosition()), unnamed));
        return true;
    }

    private boolean add(SqlIdentifier column) {
        columns.add(List.copyOf(column.names));
        return true;
    }

    private boolean extreme(SqlCall call) {
        return call.operandCount() == 1
                && call.operand(0) instanceof SqlIdentifier column
                && !column.isStar()
                && add(column);
    }
}
