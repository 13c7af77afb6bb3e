package dev.sluice.engine;

import com.google.errorprone.annotations.MustBeClosed;
import dev.sluice.core.FailureException;
import dev.sluice.core.RemoteFiles;
import dev.sluice.core.Scope;
import dev.sluice.core.TableFile;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.apache.arrow.memory.BufferAllocator;
import org.duckdb.DuckDBConnection;

/** Makes tables readable for one statement each. Thread-safe. */
final class TableBinder implements AutoCloseable {
    private final Database database;
    private final RemoteFiles remote;
    private final LiveRows live;
    private final DeletedRowsCache deletedRows;
    private final FileFooters footers = new FileFooters();

    /** Binds tables for queries of the database; close it when no statement runs any more. */
    @MustBeClosed
    @SuppressWarnings("MustBeClosedChecker") // close() closes it
    TableBinder(Database database, RemoteFiles remote, BufferAllocator allocator) {
        this.database = database;
        this.remote = remote;
        this.live = new LiveRows(database.base());
        this.deletedRows = new DeletedRowsCache(allocator);
    }

    /** The table as it stands in a FROM clause; loads what must be known of its files. */
    @MustBeClosed
    @SuppressWarnings("MustBeClosedChecker") // the scope closes the lease
    BoundTable bind(Source source, Cancellation cancellation) {
        return Scope.handOver(scope -> {
            var lease = scope.own(remote.lease(cancellation::check));
            lease.fetch(parts(source.files()));
            var sql = TableSql.of(source, new TableSql.Files() {
                @Override
                public long addLiveSet(List<TableFile> dataFiles) {
                    var set = live.add(deletedRows(dataFiles, cancellation));
                    scope.own(() -> live.remove(set));
                    return set;
                }

                @Override
                public Map<Path, List<FileField>> of(List<TableFile> dataFiles) {
                    return reading(connection -> footers.of(dataFiles, connection), cancellation);
                }
            });
            return new BoundTable(sql, scope::close);
        });
    }

    /** The rows that each of the files has lost by position, in the files' order. */
    List<DeletedRows> deletedRows(List<TableFile> files, Cancellation cancellation) {
        try (var lease = remote.lease(cancellation::check)) {
            lease.fetch(deletes(files).toList());
            return reading(connection -> deletedRows.of(files, connection), cancellation);
        }
    }

    private static List<RemoteFiles.Part> parts(List<TableFile> files) {
        return Stream.concat(
                        files.stream()
                                .map(file ->
                                        new RemoteFiles.Part(file.path(), OptionalLong.of(file.bytes()), List.of())),
                        deletes(files))
                .toList();
    }

    private static Stream<RemoteFiles.Part> deletes(List<TableFile> files) {
        return files.stream()
                .flatMap(file -> file.deletes().stream())
                .distinct()
                .map(delete -> RemoteFiles.Part.all(delete.path()));
    }

    /** Reads a file as {@link Texts#readFile} does. */
    boolean readFile(DuckDBConnection connection, Path file, Engine.Reading reading) throws SQLException {
        try (var lease = remote.lease(() -> {})) {
            lease.fetch(List.of(RemoteFiles.Part.all(file)));
            return Texts.readFile(connection, file, reading);
        }
    }

    private interface Reading<T> {
        T with(DuckDBConnection connection) throws SQLException;
    }

    private <T> T reading(Reading<T> reading, Cancellation cancellation) {
        try (var connection = database.connect();
                var _ = Interrupts.watch(cancellation, connection)) {
            return reading.with(connection);
        } catch (SQLException e) {
            var failure = DuckDbFailures.of(e, "", cancellation);
            throw new FailureException(failure.failure(), failure);
        }
    }

    @Override
    public void close() {
        live.close();
    }
}
