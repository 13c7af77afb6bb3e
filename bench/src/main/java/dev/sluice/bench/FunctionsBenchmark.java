package dev.sluice.bench;

import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Times the replacement of a function, and calls of functions in turns with DuckDB's own expressions. */
final class FunctionsBenchmark {
    private static final int WARM_UPS = 10;

    private final Size size;
    private final Path folder;
    private final Consumer<String> notes;

    /**
     * @param runs how often each query is measured
     * @param changes how often a function is replaced
     */
    record Size(long rows, int runs, int changes, String memory) {
        Size {
            if (rows < 1 || runs < 1 || changes < 1) {
                throw new IllegalArgumentException("There must be at least 1 row, 1 run and 1 change");
            }
        }
    }

    /** Seconds, run by run. */
    record Series(FunctionTrial trial, List<Double> own, List<Double> java) {
        Series {
            own = List.copyOf(own);
            java = List.copyOf(java);
        }
    }

    /** @param changes seconds from a new source to a result of it, each */
    record Outcome(List<Double> changes, List<Series> series) {
        Outcome {
            changes = List.copyOf(changes);
            series = List.copyOf(series);
        }
    }

    FunctionsBenchmark(Size size, Path folder, Consumer<String> notes) {
        this.size = size;
        this.folder = folder;
        this.notes = notes;
    }

    Outcome run() throws SQLException {
        try (var lake = ServedLake.open(folder.resolve("lake"), size.memory())) {
            var database = lake.database();
            database.run("CREATE TABLE numbers AS " + FunctionTrial.rows(size.rows()));
            var changes = changes(database);
            var series = new ArrayList<Series>();
            for (var trial : FunctionTrial.values()) {
                database.run(trial.definition());
                series.add(series(trial, database));
            }
            return new Outcome(changes, series);
        }
    }

    private List<Double> changes(Database database) throws SQLException {
        var seconds = new ArrayList<Double>();
        for (var i = 0; i < WARM_UPS + size.changes(); i++) {
            var time = Stopwatch.start();
            database.run("CREATE OR REPLACE FUNCTION bench_change(x BIGINT) RETURNS BIGINT LANGUAGE JAVA AS $$\n"
                    + "public final class Change {\n    public static long of(long x) { return x + " + i
                    + "; }\n}\n$$");
            var answer = database.value("SELECT bench_change(1)");
            var taken = time.seconds();
            requireSame("Version " + i + " of the function", answer, String.valueOf(i + 1));
            if (i >= WARM_UPS) {
                seconds.add(taken);
            }
        }
        return seconds;
    }

    private Series series(FunctionTrial trial, Database database) throws SQLException {
        var own = new ArrayList<Double>();
        var java = new ArrayList<Double>();
        for (var run = 0; run <= size.runs(); run++) {
            var time = Stopwatch.start();
            var expected = database.value(trial.own());
            var ownSeconds = time.seconds();
            var again = Stopwatch.start();
            var answer = database.value(trial.java());
            var javaSeconds = again.seconds();
            requireSame(trial.title(), answer, expected);
            notes.accept(trial.title() + ": run " + run + ": DuckDB " + ownSeconds + " s, Java " + javaSeconds + " s");
            if (run > 0) {
                own.add(ownSeconds);
                java.add(javaSeconds);
            }
        }
        return new Series(trial, own, java);
    }

    private static void requireSame(String thing, String answer, String expected) {
        if (!answer.equals(expected)) {
            throw new IllegalStateException(thing + " gave " + answer + ", not " + expected);
        }
    }
}
