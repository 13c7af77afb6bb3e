package dev.sluice.engine;

import com.google.errorprone.annotations.MustBeClosed;
import dev.sluice.core.FunctionKind;
import dev.sluice.core.FunctionLimits;
import dev.sluice.udf.runtime.AggregateRun;
import dev.sluice.udf.runtime.JarSource;
import dev.sluice.udf.runtime.UdfConfig;
import dev.sluice.udf.runtime.UdfFunction;
import dev.sluice.udf.runtime.UdfRuntime;
import dev.sluice.udf.runtime.UdfSource;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.FieldType;
import org.duckdb.DuckDBConnection;
import org.jspecify.annotations.Nullable;

/** A DuckDB, a runtime and the binder between them, for tests that write {@code f(…)} in SQL. */
final class FunctionsInDuckDb implements AutoCloseable {
    static final int KEPT = 16;
    static final JarSource NO_JARS = jar -> {
        throw new IllegalStateException("No jar was expected to be asked for");
    };

    private static final long ALLOCATION = 256 << 20;

    private final DuckDBConnection connection = (DuckDBConnection) DriverManager.getConnection("jdbc:duckdb:");
    private final UdfRuntime runtime = UdfRuntime.open(new UdfConfig(KEPT, ALLOCATION), NO_JARS);
    private final FunctionBinder binder;

    @MustBeClosed
    FunctionsInDuckDb() throws SQLException {
        this(new WorkerConfig(FunctionLimits.Tier.SHARED, Path.of("target"), 1, 0, 64 << 20));
    }

    @MustBeClosed
    @SuppressWarnings("MustBeClosedChecker") // close() closes it
    FunctionsInDuckDb(WorkerConfig workers) throws SQLException {
        binder = FunctionBinder.open(connection, workers, new InputTables((_, _) -> {
            throw new IllegalStateException("There are no tables");
        }));
    }

    /** Compiles {@code f} with types such as {@code "BIGINT DECIMAL(10,2)"}. */
    UdfFunction compile(String parameters, String result, String body) {
        return compile(parameters, result, true, FunctionLimits.Tier.SHARED, body);
    }

    UdfFunction compileApart(String parameters, String result, String body) {
        return compile(parameters, result, true, FunctionLimits.Tier.PROCESS, body);
    }

    UdfFunction compileVolatile(String parameters, String result, String body) {
        return compile(parameters, result, false, FunctionLimits.Tier.SHARED, body);
    }

    UdfFunction compileAggregate(String parameters, String result, String body) {
        return compile(
                FunctionKind.AGGREGATE,
                parameters,
                FieldText.field("", result),
                true,
                FunctionLimits.Tier.SHARED,
                body);
    }

    /** Compiles a table function whose columns are such as {@code "i:BIGINT square:BIGINT"}. */
    UdfFunction compileTable(String parameters, String columns, String body) {
        var fields = new ArrayList<Field>();
        for (var column : columns.split(" ")) {
            fields.add(FieldText.field(column.split(":")[0], column.split(":")[1]));
        }
        var table = new Field("", FieldType.nullable(ArrowType.Struct.INSTANCE), fields);
        return compile(FunctionKind.TABLE, parameters, table, false, FunctionLimits.Tier.SHARED, body);
    }

    private UdfFunction compile(
            String parameters, String result, boolean deterministic, FunctionLimits.Tier tier, String body) {
        return compile(FunctionKind.SCALAR, parameters, FieldText.field("", result), deterministic, tier, body);
    }

    private UdfFunction compile(
            FunctionKind kind,
            String parameters,
            Field result,
            boolean deterministic,
            FunctionLimits.Tier tier,
            String body) {
        var fields = FieldText.fields(parameters);
        return runtime.compile(
                new UdfSource("f", kind, fields, result, Optional.empty(), deterministic, false, List.of(), body)
                        .within(new FunctionLimits(Optional.of(tier), Optional.empty())));
    }

    @MustBeClosed
    BoundFunction bind(UdfFunction function) {
        return binder.bind(function);
    }

    /** How many groups of an aggregate have an object. */
    int groups(BoundFunction aggregate) {
        var number = Long.parseLong(aggregate.sqlName().substring(FunctionSlot.PREFIX.length()));
        return ((AggregateRun) binder.slot(number).lease().run()).groups();
    }

    /** The first column of a query in which {@code f(} stands for the function. */
    List<@Nullable Object> query(UdfFunction function, String sql) throws SQLException {
        try (var bound = bind(function)) {
            return query(sql.replaceAll("\\bf\\(", bound.sqlName() + "("));
        }
    }

    void run(String sql) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    List<@Nullable Object> query(String sql) throws SQLException {
        try (var statement = connection.createStatement();
                var rows = statement.executeQuery(sql)) {
            return column(rows);
        }
    }

    private static List<@Nullable Object> column(ResultSet rows) throws SQLException {
        var values = new ArrayList<@Nullable Object>();
        while (rows.next()) {
            values.add(rows.getObject(1));
        }
        return values;
    }

    @Override
    public void close() throws SQLException {
        binder.close();
        runtime.close();
        connection.close();
    }
}
