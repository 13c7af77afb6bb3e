package dev.sluice.planner;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.core.Failure.Position;
import dev.sluice.core.Filter;
import dev.sluice.core.Ref;
import java.sql.SQLException;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** MERGE as a query. */
@TestInstance(Lifecycle.PER_CLASS)
final class MergeTest {
    private Lake lake;

    @BeforeAll
    void open() throws SQLException {
        lake = new Lake()
                .table("t", "id INTEGER NOT NULL, Name VARCHAR, n DOUBLE")
                .table("u", "id INTEGER, name VARCHAR");
    }

    @AfterAll
    void close() throws SQLException {
        lake.close();
    }

    private Statement.Merge merge(String sql) {
        return (Statement.Merge) lake.plan(sql);
    }

    private static String text(Statement.Merge merge) {
        return Lake.text(merge.matches()).replaceAll("\\s+", " ");
    }

    @Test
    void all_clauses_become_one_case() {
        var merge = merge("""
                MERGE INTO public.t AT BRANCH dev AS x USING u ON x.id = u.id
                WHEN MATCHED AND CASE WHEN n > 1 THEN true ELSE u.name IS NULL END THEN DELETE
                WHEN MATCHED THEN UPDATE SET x.n = 1, NAME = u.name || '!'
                WHEN NOT MATCHED BY TARGET AND u.id > 5 THEN INSERT (n, id) VALUES (0.5, u.id)
                WHEN NOT MATCHED BY SOURCE THEN UPDATE SET n = NULL""");
        assertThat(merge.table().ref()).contains(new Ref.Branch("dev"));
        assertThat(merge.columns()).containsExactly("id", "Name", "n");
        assertThat(merge.repeatable()).isFalse();
        assertThat(merge.condition()).isEqualTo(new Position(1, 48));
        assertThat(merge.matches().scans()).extracting(Scan::positions).containsExactly(true, false);
        assertThat(merge.matches().scans().getFirst().table().ref()).contains(new Ref.Branch("dev"));
        var matched = "\"x\".__sluice_file IS NOT NULL AND \"u\".__sluice_source IS NOT NULL";
        assertThat(text(merge))
                .isEqualTo("SELECT \"x\".__sluice_file, \"x\".__sluice_row, CASE WHEN " + matched
                        + " AND (CASE WHEN n > 1 THEN true ELSE u.name IS NULL END) THEN \"row\"('DELETE',"
                        + " cast_to_type(NULL, \"x\".\"id\"), cast_to_type(NULL, \"x\".\"Name\"), cast_to_type(NULL,"
                        + " \"x\".\"n\")) WHEN " + matched + " THEN \"row\"('UPDATE', cast_to_type(\"x\".\"id\","
                        + " \"x\".\"id\"), cast_to_type((u.name || '!'), \"x\".\"Name\"), cast_to_type((1),"
                        + " \"x\".\"n\")) WHEN \"x\".__sluice_file IS NULL AND (u.id > 5) THEN \"row\"('INSERT',"
                        + " cast_to_type((u.id), \"x\".\"id\"), cast_to_type(NULL, \"x\".\"Name\"), cast_to_type((0.5),"
                        + " \"x\".\"n\")) WHEN \"u\".__sluice_source IS NULL THEN \"row\"('UPDATE',"
                        + " cast_to_type(\"x\".\"id\", \"x\".\"id\"), cast_to_type(\"x\".\"Name\", \"x\".\"Name\"),"
                        + " cast_to_type((NULL), \"x\".\"n\")) END FROM «public.t» AS \"x\" FULL JOIN (SELECT *, true AS"
                        + " __sluice_source FROM «public.u» AS \"u\") AS \"u\" ON (x.id = u.id)");
    }

    @Test
    void a_star_takes_the_columns_of_the_same_names() {
        var merge = merge("MERGE INTO t USING (SELECT 1 AS id, 'x' AS name, 2 AS n) s ON t.id = s.id"
                + " WHEN MATCHED THEN UPDATE SET * WHEN NOT MATCHED THEN INSERT *");
        assertThat(merge.columns()).containsExactly("id", "Name", "n");
        assertThat(text(merge))
                .contains(
                        "THEN \"row\"('UPDATE', cast_to_type(\"s\".\"id\", \"t\".\"id\"), cast_to_type(\"s\".\"Name\",",
                        "THEN \"row\"('INSERT', cast_to_type(\"s\".\"id\",",
                        "«public.t» AS \"t\" RIGHT JOIN (SELECT *, true");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "WHEN MATCHED THEN DELETE | AS \"t\" JOIN (",
                "WHEN NOT MATCHED THEN INSERT (id) VALUES (1) | AS \"t\" RIGHT JOIN (",
                "WHEN NOT MATCHED BY SOURCE THEN DELETE | AS \"t\" LEFT JOIN (",
            })
    void the_join_keeps_the_rows_that_some_clause_can_take(String clause, String join) {
        assertThat(text(merge("MERGE INTO t USING u ON t.id = u.id " + clause))).contains(join);
    }

    @Test
    void only_an_unconditional_delete_may_meet_a_row_twice() {
        var merge = "MERGE INTO t USING u ON t.id = u.id WHEN MATCHED ";
        assertThat(merge(merge + "THEN DELETE").repeatable()).isTrue();
        assertThat(merge(merge + "THEN DELETE WHEN NOT MATCHED BY SOURCE THEN UPDATE SET n = 1")
                        .repeatable())
                .isTrue();
        assertThat(merge(merge + "AND n > 1 THEN DELETE").repeatable()).isFalse();
        assertThat(merge(merge + "AND n > 1 THEN DELETE WHEN MATCHED THEN UPDATE SET n = 1")
                        .repeatable())
                .isFalse();
    }

    @Test
    void parameters_are_told_in_the_order_of_the_query() {
        var merge = merge("MERGE INTO t USING (SELECT * FROM u WHERE id > ?) s ON t.id = s.id AND t.n < ?"
                + " WHEN MATCHED AND s.id = ? THEN UPDATE SET n = ?, name = ?"
                + " WHEN NOT MATCHED THEN INSERT (n, id) VALUES (?, ?)");
        assertThat(merge.matches().parameters()).isEqualTo(7);
        assertThat(merge.parameters()).containsExactly(2, 4, 3, 6, 5, 0, 1);
        assertThat(text(merge)).contains("cast_to_type(CASE WHEN false THEN \"t\".\"n\" ELSE ? END, \"t\".\"n\")");
    }

    @Test
    void the_target_is_pruned_by_the_condition() {
        var merge = merge("MERGE INTO t USING u ON t.id = u.id AND t.id > 7 WHEN MATCHED THEN UPDATE SET n = 1.5"
                + " WHEN NOT MATCHED THEN INSERT (id, n) VALUES (u.id, 2)");
        assertThat(merge.matches().scans().getFirst().filter())
                .isEqualTo(Optional.of(new Filter.Comparison("id", Filter.Operator.GREATER, 7)));
        var all = merge("MERGE INTO t USING u ON t.id = u.id AND t.id > 7 WHEN NOT MATCHED BY SOURCE THEN DELETE");
        assertThat(all.matches().scans().getFirst().filter()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "MERGE t USING u ON true WHEN MATCHED THEN DELETE | SYNTAX_ERROR 1:7 Expected INTO but found 't'",
                "MERGE INTO t USING u ON t.id = u.id | SYNTAX_ERROR 1:36 Expected WHEN but found the end of the statement",
                "MERGE INTO t USING (SELECT 1) ON true WHEN MATCHED THEN DELETE | SYNTAX_ERROR 1:31 Expected an alias for the query but found 'ON'",
                "MERGE INTO t USING t ON true WHEN MATCHED THEN DELETE | AMBIGUOUS_NAME 1:20 Target and source are both called 't': give one of them an alias",
                "MERGE INTO nope USING u ON true WHEN MATCHED THEN DELETE | TABLE_NOT_FOUND 1:12 Table 'public.nope' does not exist",
                "MERGE INTO t USING nope ON true WHEN MATCHED THEN DELETE | TABLE_NOT_FOUND 1:20 Table 'nope' does not exist",
                "MERGE INTO t USING u ON true WHEN MATCHED THEN DELETE WHEN MATCHED THEN DELETE | INVALID_STATEMENT 1:55 This clause is never reached: an earlier one of its kind has no condition",
                "MERGE INTO t USING u ON true WHEN MATCHED THEN INSERT * | SYNTAX_ERROR 1:48 Expected UPDATE or DELETE but found 'INSERT'",
                "MERGE INTO t USING u ON true WHEN NOT MATCHED THEN DELETE | SYNTAX_ERROR 1:52 Expected INSERT but found 'DELETE'",
                "MERGE INTO t USING u ON true WHEN MATCHED THEN UPDATE SET nope = 1 | COLUMN_NOT_FOUND 1:59 Column 'nope' does not exist in table 'public.t'",
                "MERGE INTO t USING u ON true WHEN MATCHED THEN UPDATE SET n = 1, t.n = 2 | AMBIGUOUS_NAME 1:68 Column 'n' is named twice",
                "MERGE INTO t USING u ON true WHEN NOT MATCHED THEN INSERT (id, n) VALUES (1) | INVALID_STATEMENT 1:74 VALUES has 1 columns, but 2 are to be filled",
                "MERGE INTO t USING u ON true WHEN NOT MATCHED THEN INSERT (n) VALUES (1) | NULL_NOT_ALLOWED 1:70 Column \"id\" of table public.t is NOT NULL and gets no value",
                "MERGE INTO t USING u ON true WHEN MATCHED THEN DELETE RETURNING id | UNSUPPORTED 1:55 RETURNING is not supported",
            })
    void mistakes_are_told_with_their_place(String sql, String expected) {
        assertThat(lake.refusal(sql)).isEqualTo(expected);
    }
}
