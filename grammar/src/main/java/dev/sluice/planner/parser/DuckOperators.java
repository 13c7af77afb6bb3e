package dev.sluice.planner.parser;

import org.apache.calcite.sql.SqlBinaryOperator;
import org.apache.calcite.sql.SqlFunction;
import org.apache.calcite.sql.SqlFunctionCategory;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.type.InferTypes;
import org.apache.calcite.sql.type.OperandTypes;
import org.apache.calcite.sql.type.ReturnTypes;
import org.apache.calcite.sql.type.SqlReturnTypeInference;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.sql.type.SqlTypeTransforms;

/** Operators of DuckDB's that Calcite has none for. Their types serve analysis alone: DuckDB gets the user's text. */
public final class DuckOperators {
    private static final SqlReturnTypeInference UNKNOWN =
            ReturnTypes.explicit(SqlTypeName.ANY).andThen(SqlTypeTransforms.FORCE_NULLABLE);

    public static final SqlOperator JSON_GET = binary("->", 80, UNKNOWN);
    public static final SqlOperator JSON_GET_TEXT = binary("->>", 80, ReturnTypes.VARCHAR_NULLABLE);
    public static final SqlOperator BIT_OR = binary("|", 36, ReturnTypes.LEAST_RESTRICTIVE);
    public static final SqlOperator INTEGER_DIVIDE = binary("//", 60, UNKNOWN);
    public static final SqlOperator GLOB = binary("GLOB", 32, ReturnTypes.BOOLEAN_NULLABLE);
    public static final SqlOperator AT_TIME_ZONE = binary("AT TIME ZONE", 90, UNKNOWN);
    public static final SqlOperator COLLATE = binary("COLLATE", 100, UNKNOWN);
    public static final SqlFunction STRUCT = new SqlFunction(
            "STRUCT", SqlKind.OTHER_FUNCTION, UNKNOWN, null, OperandTypes.VARIADIC, SqlFunctionCategory.SYSTEM);

    private DuckOperators() {}

    private static SqlBinaryOperator binary(String name, int precedence, SqlReturnTypeInference result) {
        return new SqlBinaryOperator(
                name, SqlKind.OTHER, precedence, true, result, InferTypes.FIRST_KNOWN, OperandTypes.ANY_ANY);
    }
}
