package dev.sluice.planner;

/** DuckDB's own parser, for what our grammar cannot read. */
@FunctionalInterface
public interface SecondParser {
    /**
     * The tree of a SELECT statement, as {@code json_serialize_sql} gives it; positions in it are bytes of UTF-8. Fails
     * with {@code Failure.Invalid} and a position where DuckDB cannot parse it either.
     */
    String parse(String sql);
}
