package dev.sluice.engine;

import com.google.errorprone.annotations.MustBeClosed;
import dev.sluice.core.DataFile;
import dev.sluice.core.DurableFolders;
import dev.sluice.core.RemoteFiles;
import dev.sluice.core.Scope;
import dev.sluice.core.TableSummary;
import dev.sluice.udf.runtime.UdfFunction;
import dev.sluice.udf.runtime.UdfSource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Function;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.ipc.ArrowReader;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.Schema;

/**
 * One embedded DuckDB: describes, runs and writes queries, as many at once as it was told. Thread-safe. Its calls
 * block, and enter native code. Failures in a query's text are {@link EngineFailure}s.
 */
public final class Engine implements AutoCloseable {
    private final EngineConfig config;
    private final Database database;
    private final RootAllocator allocator;
    private final FunctionBinder functions;
    private final TableBinder tables;
    private final HeldRows held;
    private final Admission admission;
    private final Work work;
    private final Scope scope;

    private Engine(
            EngineConfig config,
            Database database,
            RootAllocator allocator,
            FunctionBinder functions,
            TableBinder tables,
            Scope scope) {
        this.config = config;
        this.database = database;
        this.allocator = allocator;
        this.functions = functions;
        this.tables = tables;
        this.held = new HeldRows(database, allocator);
        this.admission = new Admission(config.runningStatements(), config.admissionWait());
        this.work = new Work(database, admission, functions);
        this.scope = scope;
    }

    /**
     * Starts the database, whose files are the warehouse's and its own temporary ones, and no others.
     *
     * @param remote brings files of the warehouse that do not lie there; stays the caller's
     */
    @MustBeClosed
    @SuppressWarnings("MustBeClosedChecker") // the scope closes it
    public static Engine open(EngineConfig config, RemoteFiles remote) {
        try {
            DurableFolders.create(config.warehouse());
            Files.createDirectories(config.temp());
            Database.deleteLeftovers(config.temp());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return Scope.handOver(scope -> {
            var allocator = scope.own(new RootAllocator());
            var database = scope.own(Database.open(new Database.Limits(
                    config.temp(),
                    config.memoryBytes(),
                    config.tempBytes(),
                    config.threads(),
                    List.of(config.warehouse()),
                    List.of())));
            var inputs = InputTables.over(database, allocator, config.batchRows());
            var functions = scope.own(FunctionBinder.open(database.base(), config.workers(), inputs));
            var tables = scope.own(new TableBinder(database, remote, allocator));
            return new Engine(config, database, allocator, functions, tables, scope);
        });
    }

    /**
     * What a query over stand-ins will give and take; nothing runs. Where a column's type depends on a parameter whose
     * type DuckDB cannot tell, it is that for a null.
     */
    public Description describe(String sql) {
        return describe(new EngineQuery(sql));
    }

    /** What a query over stand-ins will give for these parameters: exactly the columns of its batches. */
    public Description describe(EngineQuery query) {
        return work.worded(() -> Descriptions.of(database, query, allocator));
    }

    /**
     * What the parameters of rows to insert are, where a column of the table tells.
     *
     * @param rows SQL of the rows, as after INSERT INTO
     * @param columns what the rows are for, in order
     */
    public Schema insertParameters(EngineQuery rows, List<Field> columns) {
        return work.worded(() -> Descriptions.insertParameters(database, rows, columns));
    }

    /** Starts a query; waits for a place where as many run as may. */
    @MustBeClosed
    public Execution start(EngineQuery query, Cancellation cancellation) {
        try {
            return Execution.start(database, query, allocator, config.batchRows(), cancellation, admission.enter());
        } catch (EngineFailure e) {
            throw e.worded(functions::named);
        }
    }

    /** Writes a query's rows, which are the target's columns in order, as files on disk. */
    public List<DataFile> write(EngineQuery rows, WriteTarget target, Cancellation cancellation) {
        return work.with(connection -> new ParquetWriter(target, cancellation).write(connection, rows), cancellation);
    }

    /**
     * Writes the rows of a stream, matched to the target's columns by name, as files on disk.
     *
     * @param rows is read to its end, and stays the caller's
     */
    public List<DataFile> write(ArrowReader rows, Schema columns, WriteTarget target, Cancellation cancellation) {
        return work.with(
                connection -> new StreamedRows(connection, cancellation).write(rows, columns, target), cancellation);
    }

    /** The columns as a table keeps them, without field ids. */
    public Schema storedTypes(Schema columns) {
        return describe(StreamedRows.standIn(columns)).stored();
    }

    /**
     * Changes rows as the target says: by writing their files anew, or by deletes beside new rows.
     *
     * @param matches gives a row's file and its number there, then the new value of each of {@code columns}
     * @param table the files that {@code matches} reads, with positions
     */
    public Changed update(
            EngineQuery matches, List<String> columns, Source table, WriteTarget target, Cancellation cancellation) {
        return rewriting(
                connection -> RowChanges.update(connection, matches, columns, cancellation),
                table,
                target,
                cancellation);
    }

    /**
     * Takes rows away as the target says: by writing their files anew, or by deletes.
     *
     * @param matches gives a row's file and its number there
     * @param table the files that {@code matches} reads, with positions
     */
    public Changed delete(EngineQuery matches, Source table, WriteTarget target, Cancellation cancellation) {
        return rewriting(
                connection -> RowChanges.delete(connection, matches, cancellation), table, target, cancellation);
    }

    /**
     * Changes rows as the target says, and writes new rows with them.
     *
     * @param table the files that the matches are read from, with positions
     */
    public Changed merge(Merge merge, Source table, WriteTarget target, Cancellation cancellation) {
        return rewriting(connection -> RowChanges.merge(connection, merge, cancellation), table, target, cancellation);
    }

    private Changed rewriting(
            Work.Task<RowChanges> changes, Source table, WriteTarget target, Cancellation cancellation) {
        return work.with(
                connection -> {
                    var rows = changes.on(connection);
                    return target.removal() == Removal.COPY_ON_WRITE
                            ? new Rewriter(connection, tables, table, target, cancellation).rewrite(rows)
                            : new DeltaWriter(connection, tables, table, target, cancellation).write(rows);
                },
                cancellation);
    }

    /** Writes the rows of a table's files as other files, in the order that is wanted. */
    public List<DataFile> rearrange(Rearrangement rows, Cancellation cancellation) {
        return work.with(connection -> new Rearranger(connection, tables, rows, cancellation).write(), cancellation);
    }

    /** How much of a file is read. */
    public enum Reading {
        FOOTER,
        ROWS
    }

    /** Reads a Parquet file of the warehouse; throws where it is damaged. */
    public void requireReadable(Path file, Reading reading) {
        var _ = work.with(connection -> tables.readFile(connection, file, reading), new Cancellation());
    }

    /** The columns that files have, without field ids. */
    public Schema inferSchema(ImportFiles files) {
        try (var _ = admission.enter()) {
            return new Importer(config, allocator).inferSchema(files);
        }
    }

    /**
     * Writes the rows of files, matched to the target's columns by name, or by place where the files have no names, as
     * the table's own files.
     */
    public Imported importFiles(ImportFiles files, WriteTarget target, Cancellation cancellation) {
        try (var _ = admission.enter()) {
            return new Importer(config, allocator).importFiles(files, target, cancellation);
        }
    }

    /** The table as it stands in a FROM clause of one statement; what its deletes need is loaded now. */
    @MustBeClosed
    public BoundTable bind(Source source, Cancellation cancellation) {
        return tables.bind(source, cancellation);
    }

    /**
     * Rows from outside as a table.
     *
     * @param rows opens a reader, which is read to its end and closed
     */
    @MustBeClosed
    public BoundTable hold(Function<BufferAllocator, ArrowReader> rows, Cancellation cancellation) {
        return held.hold(rows, cancellation);
    }

    /** The same columns without a row, for {@link #describe}. */
    public String standIn(Source source) {
        return TableSql.standIn(source);
    }

    /** Two rows of a source's columns, with the least and the greatest values that a summary has, and null else. */
    public String extremes(Source source, TableSummary summary) {
        return TableSql.extremes(source, summary);
    }

    /** A type in SQL's words. */
    public String typeName(Field field) {
        return DuckDbTypes.sql(field);
    }

    /** The tree of a SELECT, as DuckDB's own parser reads it, in JSON. */
    public String parse(String sql) {
        return Texts.parse(database, sql);
    }

    /** DuckDB's plan of a query, which is not run; paths are relative to the warehouse. */
    public String explain(EngineQuery query) {
        return shown(work.worded(() -> Texts.plan(database, query)));
    }

    /** DuckDB's plan of a query, which is run, with the times it took. */
    public String explainAnalyze(EngineQuery query, Cancellation cancellation) {
        return shown(
                work.with(connection -> Texts.plan(connection, "EXPLAIN ANALYZE ", query, cancellation), cancellation));
    }

    private String shown(String plan) {
        return PlanText.of(plan, List.of(PlanText.below(config.warehouse()), functions::named));
    }

    /** Names of DuckDB's own functions, in lower case. */
    public SortedSet<String> functionNames() {
        return new TreeSet<>(Texts.functionNames(database));
    }

    /** A name with a function's types, for {@link #describe}: no code of the user's runs under it. */
    @MustBeClosed
    public BoundFunction declare(UdfSource source) {
        return functions.declare(source);
    }

    /** Makes a user's function callable under a name of its own, until that is closed. */
    @MustBeClosed
    public BoundFunction bind(UdfFunction function) {
        return functions.bind(function);
    }

    /** A query whose rows a table function of the same statement takes; it runs when that asks for them. */
    @MustBeClosed
    public BoundInput input(EngineQuery query, Cancellation cancellation) {
        return functions.input(query, cancellation);
    }

    @Override
    public void close() {
        scope.close();
    }
}
