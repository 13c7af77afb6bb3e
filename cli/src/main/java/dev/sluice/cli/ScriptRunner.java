package dev.sluice.cli;

import java.time.Duration;
import java.util.function.LongSupplier;

/** Runs a script's statements in order, up to the first that fails. */
final class ScriptRunner {
    private final SluiceClient client;
    private final ResultPrinter printer;
    private final Console console;
    private final LongSupplier ended;

    ScriptRunner(SluiceClient client, ResultPrinter printer, Console console) {
        this(client, printer, console, System::nanoTime);
    }

    /** @param ended is asked when a statement is over, and tells when it was, in {@link System#nanoTime} */
    ScriptRunner(SluiceClient client, ResultPrinter printer, Console console, LongSupplier ended) {
        this.client = client;
        this.printer = printer;
        this.console = console;
        this.ended = ended;
    }

    /** Whether all statements succeeded; a failure is told to the user. */
    boolean run(SqlScript script) {
        return script.statements().stream().allMatch(statement -> run(script, statement));
    }

    /** Whether the statement succeeded; a failure is told to the user. */
    boolean run(SqlScript script, ScriptStatement statement) {
        var begin = System.nanoTime();
        try {
            var outcome = client.run(statement.text(), printer::print);
            var time = Duration.ofNanos(ended.getAsLong() - begin);
            printer.print(Notes.of(statement, outcome) + " (" + Words.duration(time) + ")");
            return true;
        } catch (StatementException e) {
            console.notes().println(ErrorReport.of(script, statement, e));
            return false;
        }
    }
}
