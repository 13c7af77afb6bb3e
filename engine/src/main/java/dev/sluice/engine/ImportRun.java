package dev.sluice.engine;

import dev.sluice.core.DataFile;
import dev.sluice.core.Failure;
import dev.sluice.core.FailureException;
import dev.sluice.core.OnError;
import dev.sluice.engine.Imported.Rejected;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.apache.arrow.memory.BufferAllocator;
import org.duckdb.DuckDBConnection;

/**
 * One import. All files are read together, so that many small ones become few large ones. Where they cannot be and
 * files may be left out, each half is tried by itself, down to the single file that is at fault. Confined to one
 * thread.
 */
final class ImportRun {
    private final Database database;
    private final DuckDBConnection connection;
    private final ImportFiles files;
    private final WriteTarget target;
    private final Cancellation cancellation;
    private final BufferAllocator allocator;

    private final List<DataFile> written = new ArrayList<>();
    private final Map<Path, Rejected> rejected = new HashMap<>();
    private int readings;

    ImportRun(
            Database database,
            DuckDBConnection connection,
            ImportFiles files,
            WriteTarget target,
            Cancellation cancellation,
            BufferAllocator allocator) {
        this.database = database;
        this.connection = connection;
        this.files = files;
        this.target = target;
        this.cancellation = cancellation;
        this.allocator = allocator;
    }

    /** Leaves nothing in the table's folder where it fails. */
    Imported run() {
        try {
            read(files.files());
            return new Imported(
                    written,
                    files.files().stream()
                            .filter(rejected::containsKey)
                            .map(rejected::get)
                            .toList());
        } catch (RuntimeException e) {
            written.forEach(file -> discard(file, e));
            throw e;
        }
    }

    private static void discard(DataFile file, RuntimeException cause) {
        try {
            Files.deleteIfExists(file.path());
        } catch (IOException e) {
            cause.addSuppressed(e);
        }
    }

    private void read(List<Path> group) {
        try {
            readTogether(group);
        } catch (EngineFailure e) {
            split(group, e.failure(), e);
        } catch (FailureException e) {
            split(group, e.failure(), e);
        }
    }

    private void split(List<Path> group, Failure failure, RuntimeException thrown) {
        var isOfFiles = failure instanceof Failure.Invalid || failure instanceof Failure.NotFound;
        if (files.onError() == OnError.ABORT || !isOfFiles) {
            throw thrown;
        }
        if (group.size() == 1) {
            var file = group.getFirst();
            rejected.put(file, new Rejected(file, OptionalLong.empty(), failure.message()));
            return;
        }
        var half = group.size() / 2;
        read(group.subList(0, half));
        read(group.subList(half, group.size()));
    }

    private void readTogether(List<Path> group) {
        var sql = new ImportSql(files, group, Integer.toString(readings++));
        var found =
                Descriptions.of(database, new EngineQuery(sql.all()), allocator).result();
        var columns = ImportColumns.match(files, found, target.schema());
        var rejections = new ArrayList<Rejected>();
        sql.rejectedByValue(columns).ifPresent(query -> rejections.addAll(rejections(query)));
        var added = new ParquetWriter(target, cancellation).write(connection, new EngineQuery(sql.rows(columns)));
        written.addAll(added);
        sql.rejectedByLine().ifPresent(query -> rejections.addAll(rejectedLines(query)));
        rejections.forEach(each -> rejected.merge(each.file(), each, ImportRun::both));
    }

    private List<Rejected> rejections(String query) {
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery(query)) {
            var all = new ArrayList<Rejected>();
            while (rows.next()) {
                all.add(new Rejected(Path.of(rows.getString(1)), OptionalLong.of(rows.getLong(2)), rows.getString(3)));
            }
            return all;
        } catch (SQLException e) {
            throw DuckDbFailures.of(e, query, cancellation);
        }
    }

    /** The rows are written when this is asked: it must not fail as if the files were at fault, or they came twice. */
    private List<Rejected> rejectedLines(String query) {
        try {
            return rejections(query);
        } catch (EngineFailure e) {
            cancellation.check();
            throw new IllegalStateException("What was rejected cannot be told", e);
        }
    }

    private static Rejected both(Rejected one, Rejected other) {
        var rows = one.rows().orElse(0) + other.rows().orElse(0);
        return new Rejected(one.file(), OptionalLong.of(rows), one.error());
    }
}
