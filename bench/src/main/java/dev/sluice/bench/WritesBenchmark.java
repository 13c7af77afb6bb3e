package dev.sluice.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Has each contender make each change as often as was asked for, in turns, after one round that does not count; all
 * must have the same rows in the end.
 */
final class WritesBenchmark {
    private final Size size;
    private final Path folder;
    private final Consumer<String> notes;

    /**
     * @param runs how often each is measured
     * @param memory the limit of DuckDB, on both sides
     */
    record Size(long rows, int runs, String memory) {
        Size {
            if (rows < 100 || runs < 1) {
                throw new IllegalArgumentException("There must be at least 100 rows and 1 run");
            }
        }
    }

    /** What one contender took for one change, run by run. */
    record Series(RowChange change, String contender, List<Contender.Sample> samples) {
        Series {
            samples = List.copyOf(samples);
        }
    }

    WritesBenchmark(Size size, Path folder, Consumer<String> notes) {
        this.size = size;
        this.folder = folder;
        this.notes = notes;
    }

    List<Series> run() throws SQLException, IOException {
        try (var duck = Database.connect("jdbc:duckdb:");
                var lake = ServedLake.open(folder.resolve("lake"), size.memory())) {
            duck.run("SET memory_limit = '" + size.memory() + "'");
            duck.run("SET temp_directory = '" + folder.resolve("spill") + "'");
            var contenders = contenders(duck, lake);
            var series = new ArrayList<Series>();
            for (var change : RowChange.values()) {
                series.addAll(run(change, contenders));
            }
            return series;
        }
    }

    private List<Contender> contenders(Database duck, ServedLake lake) throws SQLException, IOException {
        var contenders = new ArrayList<Contender>();
        contenders.add(PlainFiles.create(duck, folder.resolve("plain"), size.rows()));
        lake.database().run("CREATE TABLE changes AS " + RowChange.changes(size.rows()));
        for (var layout : LakeTable.Layout.values()) {
            contenders.add(LakeTable.create(lake, layout, size.rows()));
        }
        return contenders;
    }

    private List<Series> run(RowChange change, List<Contender> contenders) throws SQLException, IOException {
        var samples = contenders.stream()
                .map(_ -> (List<Contender.Sample>) new ArrayList<Contender.Sample>())
                .toList();
        for (var run = 0; run <= size.runs(); run++) {
            for (var i = 0; i < contenders.size(); i++) {
                var contender = contenders.get(i);
                var sample = contender.measure(change);
                notes.accept((run == 0 ? "warm-up: " : "run " + run + ": ") + change.title() + ": " + contender.name()
                        + ": " + sample);
                samples.get(i).add(sample);
                requireSame(change, contender, sample, samples.getFirst().getFirst());
            }
        }
        var series = new ArrayList<Series>();
        for (var i = 0; i < contenders.size(); i++) {
            var counted = samples.get(i).subList(1, samples.get(i).size());
            series.add(new Series(change, contenders.get(i).name(), counted));
        }
        return series;
    }

    private static void requireSame(
            RowChange change, Contender contender, Contender.Sample sample, Contender.Sample first) {
        if (!sample.answer().equals(first.answer())) {
            throw new IllegalStateException(change.title() + " left other rows with '" + contender.name() + "': "
                    + sample.answer() + " instead of " + first.answer());
        }
    }
}
