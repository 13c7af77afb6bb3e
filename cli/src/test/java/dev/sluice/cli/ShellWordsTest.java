package dev.sluice.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Optional;
import org.jline.reader.EOFError;
import org.jline.reader.Parser.ParseContext;
import org.junit.jupiter.api.Test;

/** What the terminal makes of what is typed. */
final class ShellWordsTest {
    @Test
    void dots_and_backslashes_begin_commands() {
        assertThat(MetaCommand.parse(".tables")).isEqualTo(new MetaCommand.Query("SHOW TABLES"));
        assertThat(MetaCommand.parse(" \\d air.flights ")).isEqualTo(new MetaCommand.Query("DESCRIBE air.flights"));
        assertThat(MetaCommand.parse(".mode JSON")).isEqualTo(new MetaCommand.ChooseFormat(Format.JSON));
        assertThat(MetaCommand.parse(".output x.csv"))
                .isEqualTo(new MetaCommand.ChooseOutput(Optional.of(Path.of("x.csv"))));
        assertThat(MetaCommand.parse("\\q")).isEqualTo(new MetaCommand.Quit());
    }

    @Test
    void what_is_no_command_says_so() {
        assertThat(MetaCommand.parse(".nonsense"))
                .isEqualTo(new MetaCommand.Wrong("Unknown command .nonsense: .help lists them"));
        assertThat(MetaCommand.parse(".pager maybe")).isEqualTo(new MetaCommand.Wrong(".pager needs one of on, off"));
        assertThat(MetaCommand.parse(".read")).isEqualTo(new MetaCommand.Wrong(".read needs a file"));
    }

    @Test
    void enter_ends_a_statement_at_its_semicolon_only() {
        assertThatThrownBy(() -> TypedLine.PARSER.parse("SELECT ';", 9, ParseContext.ACCEPT_LINE))
                .isInstanceOf(EOFError.class);
        assertThat(TypedLine.PARSER
                        .parse("SELECT 1;", 9, ParseContext.ACCEPT_LINE)
                        .line())
                .isEqualTo("SELECT 1;");
        assertThat(TypedLine.PARSER.parse(".help", 5, ParseContext.ACCEPT_LINE).line())
                .isEqualTo(".help");
    }

    @Test
    void the_word_at_the_cursor_is_completed() {
        var line = TypedLine.PARSER.parse("SELECT f.del FROM", 12, ParseContext.COMPLETE);
        assertThat(line.word()).isEqualTo("f.del");
        assertThat(line.wordIndex()).isEqualTo(1);
    }

    @Test
    void use_moves_the_session_to_another_ref() {
        var main = new CurrentRef("main");
        assertThat(main.after("use branch dev")).isEqualTo(new CurrentRef("dev"));
        assertThat(main.after("USE TAG \"v 1\"")).isEqualTo(new CurrentRef("v 1"));
        assertThat(main.after("USE /* x */ BRANCH a-b/c")).isEqualTo(new CurrentRef("a-b/c"));
        assertThat(main.after("USE air")).isEqualTo(main);
        assertThat(main.after("SELECT 1")).isEqualTo(main);
    }
}
