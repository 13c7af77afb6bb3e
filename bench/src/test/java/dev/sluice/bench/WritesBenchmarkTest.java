package dev.sluice.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

final class WritesBenchmarkTest {
    @TempDir
    private Path folder;

    @Test
    void all_have_the_same_rows_and_stand_in_the_report() throws IOException {
        var report = folder.resolve("writes.md");
        var notes = new StringWriter();
        var bench = new CommandLine(new WritesCommand()).setErr(new PrintWriter(notes, true));
        var code =
                bench.execute("--rows=20000", "--runs=1", "--memory=256MB", "--folder=" + folder, "--report=" + report);
        assertThat(code).as(notes.toString()).isZero();
        for (var change : RowChange.values()) {
            assertThat(Files.readString(report)).contains("## " + change.title());
        }
        assertThat(Files.readString(report))
                .contains("| DuckDB, plain file written anew | ", "| Sluice, copy-on-write, format 2 | ")
                .contains("| Sluice, merge-on-read, format 2 | ", "| Sluice, merge-on-read, format 3 | ");
        try (var left = Files.list(folder)) {
            assertThat(left).containsExactly(report);
        }
    }

    @Test
    void a_spread_tells_the_median_of_an_odd_and_of_an_even_number() {
        assertThat(Spread.of(List.of(3.0, 1.0, 2.0), each -> each)).isEqualTo(new Spread(1, 2, 3));
        assertThat(Spread.of(List.of(4.0, 1.0, 2.0, 3.0), each -> each)).isEqualTo(new Spread(1, 2.5, 4));
    }
}
