package dev.sluice.planner;

/** DuckDB's own parser, for what our grammar cannot read. */
@FunctionalInterface
public interface SecondParser {
    /**
     * The tree of a SELECT statement, as {@code json_serialize_sql} gives it; positions in it are bytes of UTF-8. For a
     * text that DuckDB cannot parse either, DuckDB's own error document, or {@code Failure.Invalid} with a position.
     */
    String parse(String sql);
}
