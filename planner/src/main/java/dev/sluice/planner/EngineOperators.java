package dev.sluice.planner;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.apache.calcite.sql.SqlFunction;
import org.apache.calcite.sql.SqlFunctionCategory;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.SqlOperatorTable;
import org.apache.calcite.sql.SqlSyntax;
import org.apache.calcite.sql.fun.SqlLibrary;
import org.apache.calcite.sql.fun.SqlLibraryOperatorTableFactory;
import org.apache.calcite.sql.type.OperandTypes;
import org.apache.calcite.sql.type.ReturnTypes;
import org.apache.calcite.sql.type.SqlReturnTypeInference;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.sql.type.SqlTypeTransforms;
import org.apache.calcite.sql.validate.SqlNameMatcher;
import org.jspecify.annotations.Nullable;

/**
 * Calcite's operators, and behind them a function of any name that takes and gives anything: filters come from
 * comparisons of columns, and a call need not be understood for the rest of a query to be. To take an aggregate of
 * DuckDB's for such a function is sound: no column passes an aggregation but as a key.
 */
final class EngineOperators implements SqlOperatorTable {
    /** Functions whose Calcite namesakes take other arguments. */
    private static final Set<String> OTHERS = Set.of(
            "age",
            "chr",
            "contains",
            "date_add",
            "date_diff",
            "date_part",
            "date_sub",
            "date_trunc",
            "datediff",
            "datesub",
            "format",
            "json_object",
            "last_day",
            "list",
            "mode",
            "reverse",
            "to_timestamp",
            "try_cast",
            "typeof");

    private static final SqlReturnTypeInference ANYTHING =
            ReturnTypes.explicit(SqlTypeName.ANY).andThen(SqlTypeTransforms.FORCE_NULLABLE);

    private final SqlOperatorTable calcite =
            SqlLibraryOperatorTableFactory.INSTANCE.getOperatorTable(SqlLibrary.STANDARD, SqlLibrary.POSTGRESQL);

    @Override
    public void lookupOperatorOverloads(
            SqlIdentifier name,
            @Nullable SqlFunctionCategory category,
            SqlSyntax syntax,
            List<SqlOperator> operators,
            SqlNameMatcher matcher) {
        var other = OTHERS.contains(name.names.getLast().toLowerCase(Locale.ROOT));
        if (!other && name.isSimple()) {
            calcite.lookupOperatorOverloads(name, category, syntax, operators, matcher);
        }
        if (operators.isEmpty() && syntax == SqlSyntax.FUNCTION) {
            operators.add(new SqlFunction(
                    name.names.getLast(),
                    SqlKind.OTHER_FUNCTION,
                    ANYTHING,
                    null,
                    OperandTypes.VARIADIC,
                    SqlFunctionCategory.USER_DEFINED_FUNCTION));
        }
    }

    @Override
    public List<SqlOperator> getOperatorList() {
        return calcite.getOperatorList();
    }
}
