package dev.sluice.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.core.Failure.Position;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class SqlScriptTest {
    private static List<String> texts(String script) {
        return SqlScript.of("test", script).statements().stream()
                .map(ScriptStatement::text)
                .toList();
    }

    @Test
    void statements_are_parted_by_semicolons() {
        assertThat(texts("SELECT 1; SELECT 2\n;\n SELECT 3")).containsExactly("SELECT 1", "SELECT 2", "SELECT 3");
    }

    @Test
    void empty_statements_and_comments_are_none() {
        assertThat(texts(" ;; -- nothing\n ; /* still; nothing */ ")).isEmpty();
        assertThat(texts("")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT 'a;b''c;d'",
                "SELECT \"a;b\"\"c;d\"",
                "SELECT E'it\\';s'",
                "SELECT e'\\\\'",
                "SELECT $$a;b$$",
                "SELECT $java$ \"x;\" + $$;$$ $java$",
                "SELECT 1 -- a;b\n+ 1",
                "SELECT 1 /* a; /* b; */ c; */ + 1",
                "SELECT $1, $2",
                "SELECT a$b, 5 // 2",
                "SELECT x -> 'a' ->> '$.b;c'",
                "SELECT 'naïve; 漢字 🦆'"
            })
    void a_semicolon_inside_a_quote_or_comment_parts_nothing(String statement) {
        assertThat(texts(statement + "; SELECT 2")).containsExactly(statement, "SELECT 2");
    }

    @ParameterizedTest
    @ValueSource(strings = {"SELECT 'a;", "SELECT \"a;", "SELECT $$a;", "SELECT $f$ a; $g$ ;", "SELECT E'a\\'; x"})
    void what_is_not_closed_reaches_to_the_end(String text) {
        var script = SqlScript.of("test", text);
        assertThat(script.statements()).hasSize(1);
        assertThat(script.complete()).isFalse();
    }

    @Test
    void a_script_is_complete_when_its_last_statement_is() {
        assertThat(SqlScript.of("test", "SELECT 1").complete()).isFalse();
        assertThat(SqlScript.of("test", "SELECT 1; ").complete()).isTrue();
        assertThat(SqlScript.of("test", "SELECT 1; -- done").complete()).isTrue();
        assertThat(SqlScript.of("test", " ").complete()).isTrue();
    }

    @Test
    void a_statement_knows_its_comment_and_its_place() {
        var statements = SqlScript.of("test", "-- one\nSELECT 1;\n\n  -- two\n  SELECT\n2 -- tail\n;")
                .statements();
        assertThat(statements.get(0)).isEqualTo(new ScriptStatement("-- one\n", "SELECT 1", new Position(2, 1)));
        assertThat(statements.get(1))
                .isEqualTo(new ScriptStatement("\n\n  -- two\n  ", "SELECT\n2", new Position(5, 3)));
    }

    @Test
    void a_place_in_a_statement_is_a_place_in_its_script() {
        var statement =
                SqlScript.of("test", "SELECT 1;  SELECT\n  x").statements().get(1);
        assertThat(statement.inScript(new Position(1, 8))).isEqualTo(new Position(1, 19));
        assertThat(statement.inScript(new Position(2, 3))).isEqualTo(new Position(2, 3));
    }

    @Test
    void tokens_are_the_whole_text() {
        var text = "SELECT x.\"y\", 1.5e3, $$b$$ FROM t; -- end";
        var glued = new StringBuilder();
        SqlLexer.tokens(text).forEach(token -> glued.append(token.in(text)));
        assertThat(glued).hasToString(text);
    }
}
