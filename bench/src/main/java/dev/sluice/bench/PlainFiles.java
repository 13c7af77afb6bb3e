package dev.sluice.bench;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.SQLException;

/** DuckDB in this process over a Parquet file, which it writes anew to change a row of it. */
final class PlainFiles implements Contender {
    private final Database duck;
    private final Path folder;

    private PlainFiles(Database duck, Path folder) {
        this.duck = duck;
        this.folder = folder;
    }

    /** Makes the files in a new folder. */
    static PlainFiles create(Database duck, Path folder, long rows) throws SQLException, IOException {
        Files.createDirectory(folder);
        var files = new PlainFiles(duck, folder);
        files.write(RowChange.rows(rows), "rows");
        files.write(RowChange.changes(rows), "changes");
        return files;
    }

    @Override
    public String name() {
        return "DuckDB, plain file written anew";
    }

    @Override
    public Sample measure(RowChange change) throws SQLException, IOException {
        var time = Stopwatch.start();
        var written = write(change.query(read("rows"), read("changes")), "changed");
        try (var file = FileChannel.open(written, StandardOpenOption.WRITE)) {
            file.force(true);
        }
        var seconds = time.seconds();
        var bytes = Files.size(written);
        var reading = Stopwatch.start();
        var answer = duck.value(RowChange.answer(read("changed")));
        var readSeconds = reading.seconds();
        Files.delete(written);
        return new Sample(seconds, bytes, readSeconds, answer);
    }

    private Path write(String query, String name) throws SQLException {
        duck.run("COPY (" + query + ") TO '" + file(name) + "' (FORMAT parquet, COMPRESSION zstd)");
        return file(name);
    }

    private String read(String name) {
        return "read_parquet('" + file(name) + "')";
    }

    private Path file(String name) {
        return folder.resolve(name + ".parquet");
    }
}
