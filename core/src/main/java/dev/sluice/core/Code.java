package dev.sluice.core;

/**
 * The stable name of a failure, with its SQLSTATE (SQL:2023 classes; PostgreSQL's codes where the standard has none).
 */
public enum Code {
    SYNTAX_ERROR("42601"),
    INVALID_STATEMENT("42000"),
    TABLE_NOT_FOUND("42P01"),
    COLUMN_NOT_FOUND("42703"),
    SCHEMA_NOT_FOUND("3F000"),
    FUNCTION_NOT_FOUND("42883"),
    REF_NOT_FOUND("42704"),
    FILE_NOT_FOUND("58P01"),
    AMBIGUOUS_NAME("42702"),
    TYPE_MISMATCH("42804"),
    INVALID_FUNCTION("42P13"),
    INVALID_PARAMETER("07001"),
    INVALID_VALUE("22023"),
    INVALID_CAST("22018"),
    DIVISION_BY_ZERO("22012"),
    VALUE_OUT_OF_RANGE("22003"),
    NULL_NOT_ALLOWED("23502"),
    TABLE_EXISTS("42P07"),
    SCHEMA_EXISTS("42P06"),
    FUNCTION_EXISTS("42723"),
    REF_EXISTS("42710"),
    COLUMN_EXISTS("42701"),
    SCHEMA_NOT_EMPTY("2BP01"),
    FORBIDDEN("42501"),
    UNSUPPORTED("0A000"),
    ACTIVE_TRANSACTION("25001"),
    NO_ACTIVE_TRANSACTION("25P01"),
    FAILED_TRANSACTION("25P02"),
    TRANSACTION_TIMED_OUT("25P03"),
    CONFLICT("40001"),
    OUTCOME_UNKNOWN("40003"),
    FUNCTION_FAILED("38000"),
    OUT_OF_MEMORY("53200"),
    OUT_OF_DISK("53100"),
    TOO_MANY_STATEMENTS("53300"),
    LIMIT_EXCEEDED("54000"),
    CANCELLED("57014"),
    SHUTTING_DOWN("57P01"),
    UNAVAILABLE("58000"),
    INTERNAL("XX000");

    private final String sqlState;

    Code(String sqlState) {
        this.sqlState = sqlState;
    }

    public String sqlState() {
        return sqlState;
    }
}
