package dev.sluice.cli;

import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Words that have a meaning in SQL, for colour and completion. */
final class Keywords {
    static final List<String> ALL = List.of("""
            ALL ALTER ANALYZE AND ANTI ANY AS ASC ASOF AT BEGIN BETWEEN BIGINT BLOB BOOLEAN BRANCH BY CASE CAST COLUMN
            COMMIT COPY CREATE CROSS CURRENT DATE DECIMAL DEFAULT DELETE DESC DESCRIBE DETERMINISTIC DISTINCT DOUBLE
            DROP ELSE END ESCAPE EXCEPT EXCLUDE EXISTS EXPLAIN FALSE FILTER FIRST FOLLOWING FOR FORMAT FROM FULL
            FUNCTION FUNCTIONS GROUP GROUPING HANDLER HAVING IF ILIKE IN INNER INSERT INTEGER INTERSECT INTERVAL INTO
            IS JAVA JOIN LANGUAGE LAST LATERAL LEFT LIKE LIMIT LIST MAP MERGE NATURAL NOT NULL NULLS OF OFFSET ON OR
            ORDER OUTER OVER OVERWRITE PARTITION PARTITIONED PIVOT PRECEDING QUALIFY RANGE REAL RECURSIVE RENAME REPLACE
            RETURNS RIGHT ROLLBACK ROWS SAMPLE SCHEMA SCHEMAS SELECT SEMI SET SETS SHOW SMALLINT STRUCT SYSTEM_TIME
            TABLE TABLES TAG TAGS THEN TIME TIMESTAMP TIMESTAMPTZ TINYINT TO TRUE TRUNCATE UNBOUNDED UNION UNIQUE UNNEST
            UNPIVOT UPDATE USE USING UUID VALUES VARCHAR VERSION VIEW VOLATILE WHEN WHERE WINDOW WITH
            """.strip().split("\\s+"));

    /** Functions that come with the engine and are called most. */
    static final List<String> FUNCTIONS = List.of("""
            abs any_value approx_count_distinct arg_max arg_min array_agg avg bool_and bool_or ceil coalesce concat
            concat_ws count cume_dist date_diff date_part date_trunc day dayname dense_rank epoch exp extract first
            first_value floor format generate_series greatest hour ifnull json_extract json_extract_string lag last
            last_value lead least len length list_filter list_transform ln log lower lpad ltrim max median min minute
            mode month monthname now ntile nullif percent_rank power quantile_cont quarter random range rank regexp_extract
            regexp_matches regexp_replace replace reverse round row_number rpad rtrim second sign split_part sqrt stddev
            strftime string_agg strptime struct_pack substring sum trim try_cast unnest upper variance week year
            """.strip().split("\\s+"));

    private static final Set<String> KNOWN = Set.copyOf(ALL);

    private Keywords() {}

    static boolean contains(String word) {
        return KNOWN.contains(word.toUpperCase(Locale.ROOT));
    }
}
