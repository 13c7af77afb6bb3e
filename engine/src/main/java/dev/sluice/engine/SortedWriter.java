package dev.sluice.engine;

import static java.util.stream.Collectors.joining;

import dev.sluice.core.DataFile;
import dev.sluice.core.QualifiedName;
import dev.sluice.core.SortKey;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.arrow.vector.types.pojo.Field;
import org.duckdb.DuckDBConnection;

/**
 * Writes rows in their target's order: all are sorted into a temporary table, which DuckDB spills where memory is
 * short, and each file is one COPY of neighbours. Confined to one thread.
 */
final class SortedWriter {
    private static final String SORTED = "__sluice_sorted";

    /** DuckDB's row group, which a COPY compresses at once. */
    private static final long SAMPLE_ROWS = 122_880;

    private final DuckDBConnection connection;
    private final WriteTarget target;
    private final Cancellation cancellation;
    private final ParquetWriter writer;
    private final List<DataFile> written = new ArrayList<>();

    SortedWriter(DuckDBConnection connection, WriteTarget target, Cancellation cancellation) {
        this.connection = connection;
        this.target = target;
        this.cancellation = cancellation;
        this.writer = new ParquetWriter(target.sortedBy(List.of()), cancellation);
    }

    /** Neighbours that belong into one partition. */
    private record Run(long from, long rows) {}

    List<DataFile> write(EngineQuery query, ParquetWriter.Typed typed) {
        sort(query, typed);
        try {
            var runs = runs();
            var most = rowsOfFile(runs);
            for (var run : runs) {
                for (var done = 0L; done < run.rows(); done += most) {
                    cancellation.check();
                    writeOne(new Run(run.from() + done, Math.min(most, run.rows() - done)));
                }
            }
            return List.copyOf(written);
        } catch (RuntimeException e) {
            Folders.discard(written, e);
            throw e;
        } finally {
            run("DROP TABLE IF EXISTS " + SORTED);
        }
    }

    private void sort(EngineQuery query, ParquetWriter.Typed typed) {
        var before = "CREATE OR REPLACE TEMP TABLE " + SORTED + " AS SELECT * FROM (" + typed.before();
        var order = Stream.concat(partitions(), target.order().stream().map(this::key))
                .collect(joining(", "));
        var sql = before + query.sql() + typed.after() + ") AS sorted_ ORDER BY " + order;
        try (var statement = connection.prepareStatement(sql)) {
            Parameters.bind(statement, query.parameters());
            statement.execute();
        } catch (SQLException e) {
            throw DuckDbFailures.of(e, sql, cancellation).shifted(before.length());
        }
    }

    private Stream<String> partitions() {
        return IntStream.range(0, target.partitioning().size()).mapToObj(PartitionSql::column);
    }

    private String key(SortKey key) {
        return PartitionSql.expression(key.term(), target.schema()) + " " + key.direction() + " NULLS " + key.nulls();
    }

    private List<Run> runs() {
        var groups = partitions().collect(joining(", "));
        var sql = "SELECT min(rowid), count(*) FROM " + SORTED + (groups.isEmpty() ? "" : " GROUP BY " + groups)
                + " HAVING count(*) > 0 ORDER BY 1";
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery(sql)) {
            var runs = new ArrayList<Run>();
            while (rows.next()) {
                runs.add(new Run(rows.getLong(1), rows.getLong(2)));
            }
            return runs;
        } catch (SQLException e) {
            throw DuckDbFailures.of(e, sql, cancellation);
        }
    }

    /** Tells from a file that is written for nothing else; what has fewer rows than it is one file. */
    private long rowsOfFile(List<Run> runs) {
        var longest = runs.stream()
                .filter(run -> run.rows() > SAMPLE_ROWS)
                .findFirst()
                .map(run -> new Run(run.from(), SAMPLE_ROWS));
        return longest.flatMap(run -> writer.writeOne(connection, rows(run)))
                .map(sample -> {
                    Folders.discard(List.of(sample));
                    return Math.max(1, target.layout().fileBytes() * sample.rows() / sample.bytes());
                })
                .orElse(Long.MAX_VALUE);
    }

    private void writeOne(Run run) {
        writer.writeOne(connection, rows(run))
                .map(file -> new DataFile(
                        file.path(), file.rows(), file.bytes(), file.columns(), file.partition(), target.order()))
                .ifPresent(written::add);
    }

    private EngineQuery rows(Run run) {
        var columns = target.schema().getFields().stream()
                .map(Field::getName)
                .map(QualifiedName::quote)
                .collect(joining(", "));
        return new EngineQuery("SELECT " + columns + " FROM " + SORTED + " WHERE rowid >= " + run.from()
                + " AND rowid < " + (run.from() + run.rows()));
    }

    private void run(String sql) {
        try (var statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw DuckDbFailures.of(e, sql, cancellation);
        }
    }
}
