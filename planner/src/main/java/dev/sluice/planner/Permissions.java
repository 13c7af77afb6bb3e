package dev.sluice.planner;

import java.util.Locale;
import java.util.Set;

/**
 * What a query may call. In FROM, only what is listed: DuckDB has dozens of functions there that read files, settings
 * or secrets. Elsewhere, all but what reaches out of the query.
 */
final class Permissions {
    private static final Set<String> TABLE_FUNCTIONS = Set.of(
            "duckdb_functions",
            "duckdb_keywords",
            "duckdb_types",
            "generate_series",
            "generate_subscripts",
            "icu_calendar_names",
            "json_each",
            "json_tree",
            "pg_timezone_names",
            "range",
            "repeat",
            "repeat_row",
            "unnest");

    private static final Set<String> REFUSED_SCALARS = Set.of(
            "add_parquet_key",
            "currval",
            "getenv",
            "glob",
            "json_execute_serialized_sql",
            "json_serialize_plan",
            "nextval",
            "parse_duckdb_log_message",
            "query",
            "query_table",
            "read_blob",
            "read_text",
            "setval",
            "write_log");

    private Permissions() {}

    static void check(Mentions.Function function, Draft draft) {
        var name = function.name().toLowerCase(Locale.ROOT);
        if (function.asTable() && !TABLE_FUNCTIONS.contains(name)) {
            var wayOut = name.matches("(read|scan|parquet|sniff).*|.*_scan|glob")
                    ? ": load files into a table by COPY INTO"
                    : "";
            throw draft.forbidden("The table function '" + name + "' may not be used" + wayOut, function.start());
        }
        if (!function.asTable() && REFUSED_SCALARS.contains(name)) {
            throw draft.forbidden("The function '" + name + "' may not be used", function.start());
        }
    }
}
