package dev.sluice.planner;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class ScriptTest {
    private final Planner planner = new Planner(
            _ -> {
                throw new AssertionError("Scripts are split without a parser");
            },
            Set.of());

    @Test
    void scripts_are_split_between_statements() {
        var script = """
                ;; SELECT ';' -- not ; here
                 ; CREATE FUNCTION f() AS $$ a; b $$; /* ; */
                SELECT "a;b" ; SELECT (1;2) ; -- end
                """;
        var parts = planner.split(script);
        assertThat(parts)
                .extracting(ScriptPart::sql)
                .containsExactly("SELECT ';'", "CREATE FUNCTION f() AS $$ a; b $$", "SELECT \"a;b\"", "SELECT (1;2)");
        assertThat(parts)
                .allSatisfy(part -> assertThat(script.substring(part.offset())).startsWith(part.sql()));
        assertThat(planner.split(" -- nothing\n")).isEqualTo(List.of());
    }
}
