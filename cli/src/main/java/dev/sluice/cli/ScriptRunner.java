package dev.sluice.cli;

import java.time.Duration;

/** Runs a script's statements in order, up to the first that fails. */
final class ScriptRunner {
    private final SluiceClient client;
    private final ResultPrinter printer;
    private final Console console;
    private final Runnable afterEach;

    ScriptRunner(SluiceClient client, ResultPrinter printer, Console console) {
        this(client, printer, console, () -> {});
    }

    /** @param afterEach runs when a statement has ended, before anything is said of it */
    ScriptRunner(SluiceClient client, ResultPrinter printer, Console console, Runnable afterEach) {
        this.client = client;
        this.printer = printer;
        this.console = console;
        this.afterEach = afterEach;
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
            var time = Duration.ofNanos(System.nanoTime() - begin);
            afterEach.run();
            printer.print(Notes.of(statement, outcome) + " (" + Words.duration(time) + ")");
            return true;
        } catch (StatementException e) {
            afterEach.run();
            console.notes().println(ErrorReport.of(script, statement, e));
            return false;
        }
    }
}
