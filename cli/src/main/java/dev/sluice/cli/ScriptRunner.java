package dev.sluice.cli;

import java.time.Duration;

/** Runs a script's statements in order, up to the first that fails. */
final class ScriptRunner {
    private final SluiceClient client;
    private final ResultPrinter printer;
    private final Console console;

    ScriptRunner(SluiceClient client, ResultPrinter printer, Console console) {
        this.client = client;
        this.printer = printer;
        this.console = console;
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
            printer.print(statement, outcome, Duration.ofNanos(System.nanoTime() - begin));
            return true;
        } catch (StatementException e) {
            console.notes().println(ErrorReport.of(script, statement, e));
            return false;
        }
    }
}
