package dev.sluice.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

final class FunctionsBenchmarkTest {
    @TempDir
    private Path folder;

    @Test
    void all_give_the_same_answers_and_stand_in_the_report() throws IOException {
        var report = folder.resolve("functions.md");
        var notes = new StringWriter();
        var bench = new CommandLine(new FunctionsCommand()).setErr(new PrintWriter(notes, true));
        var code = bench.execute(
                "--rows=5000", "--runs=1", "--changes=3", "--memory=256MB", "--folder=" + folder, "--report=" + report);
        assertThat(code).as(notes.toString()).isZero();
        for (var trial : FunctionTrial.values()) {
            assertThat(Files.readString(report)).contains("| " + trial.title() + " | ");
        }
        try (var left = Files.list(folder)) {
            assertThat(left).containsExactly(report);
        }
    }

    @Test
    void a_percentile_is_one_of_the_numbers() {
        var numbers = DoubleStream.iterate(100, number -> number - 1)
                .limit(100)
                .boxed()
                .toList();
        assertThat(FunctionsReport.percentile(numbers, 95)).isEqualTo(95);
        assertThat(FunctionsReport.percentile(List.of(7.0), 50)).isEqualTo(7);
    }
}
