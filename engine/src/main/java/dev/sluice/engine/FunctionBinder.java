package dev.sluice.engine;

import com.google.errorprone.annotations.MustBeClosed;
import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.sluice.core.Failure;
import dev.sluice.engine.DuckDbApi.Signature;
import dev.sluice.engine.FunctionSlot.Shape;
import dev.sluice.udf.runtime.UdfFunction;
import dev.sluice.udf.runtime.UdfSource;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;
import org.duckdb.DuckDBConnection;

/**
 * Gives functions to DuckDB under names that never change hands while in use. DuckDB cannot drop a function that was
 * registered from outside, so a name is a slot: registered once for a signature, leased to one statement at a time, and
 * used again. All slots of a kind share their callbacks, which find the slot by the number that DuckDB keeps with the
 * function. Thread-safe.
 *
 * <p>A statement that had its snapshot before {@link #bind} does not see a new slot: bind first, then prepare.
 */
final class FunctionBinder implements AutoCloseable {
    private static final Field NO_RESULT = Field.nullable("", ArrowType.Null.INSTANCE);

    /** As in SQL, and as a plan shows a function in FROM. */
    private static final Pattern SQL_NAME =
            Pattern.compile("(?i)(?:" + FunctionSlot.PREFIX + "|Sluice Udf )(\\d{1,18})");

    private final DuckDBConnection connection;
    private final NativeConnection nativeConnection;
    private final Workers workers;
    private final Arena arena = Arena.ofShared();
    private final MemorySegment scalar = DuckDbApi.stub(new ScalarCalls(this::slot), arena);
    private final DuckDbAggregates.Stubs aggregate = DuckDbAggregates.stubs(new AggregateCalls(this::slot), arena);
    private final InputTables inputs;
    private final TableCalls tables;
    private final Map<Long, FunctionSlot> slots = new ConcurrentHashMap<>();
    private final ReentrantLock lock = new ReentrantLock();

    @GuardedBy("lock")
    private final Map<Shape, Deque<FunctionSlot>> free = new HashMap<>();

    private FunctionBinder(DuckDBConnection connection, Workers workers, InputTables inputs) throws SQLException {
        this.connection = connection;
        this.inputs = inputs;
        this.tables = new TableCalls(this::slot, inputs::open, arena);
        this.nativeConnection = NativeConnection.of(connection);
        this.workers = workers;
    }

    /** Binds functions for the database of {@code connection}; close it when no statement runs any more. */
    @MustBeClosed
    static FunctionBinder open(DuckDBConnection connection, WorkerConfig config, InputTables inputs) {
        try {
            return new FunctionBinder(connection.duplicate(), new Workers(config), inputs);
        } catch (SQLException e) {
            throw new Failure.Internal("DuckDB gave no connection for functions: " + e.getMessage()).exception();
        }
    }

    /** Makes {@code function} callable in SQL by the name of the result, for one statement, until that is closed. */
    @MustBeClosed
    BoundFunction bind(UdfFunction function) {
        var run = workers.begin(function);
        var slot = lease(shape(function.source(), function.source().deterministic()));
        slot.enter(run);
        return new BoundFunction(slot, run::cancel, this::giveBack);
    }

    /** A name with the function's types that runs nothing, for a query that is described and not run. */
    @MustBeClosed
    BoundFunction declare(UdfSource source) {
        var slot = lease(shape(source, false));
        slot.declare(source);
        return new BoundFunction(slot, () -> {}, this::giveBack);
    }

    /** A query whose rows one of the functions of a statement takes. */
    @MustBeClosed
    BoundInput input(EngineQuery query, Cancellation cancellation) {
        return inputs.add(query, cancellation);
    }

    /** A text of DuckDB's in which functions have their users' names. */
    String named(String text) {
        return SQL_NAME.matcher(text).replaceAll(name -> {
            var slot = slots.get(Long.parseLong(name.group(1)));
            return Matcher.quoteReplacement(slot == null ? name.group() : slot.function());
        });
    }

    private FunctionSlot lease(Shape shape) {
        lock.lock();
        try {
            var unused = free.getOrDefault(shape, new ArrayDeque<>()).poll();
            return unused == null ? register(shape) : unused;
        } finally {
            lock.unlock();
        }
    }

    @GuardedBy("lock")
    private FunctionSlot register(Shape shape) {
        var slot = new FunctionSlot(slots.size() + 1, shape);
        switch (shape.kind()) {
            case SCALAR -> DuckDbScalars.register(connection, slot.sqlName(), shape.signature(), scalar, slot.number());
            case AGGREGATE ->
                DuckDbAggregates.register(
                        nativeConnection, slot.sqlName(), shape.signature(), aggregate, slot.number());
            case TABLE -> tables.register(nativeConnection, slot);
        }
        slots.put(slot.number(), slot);
        return slot;
    }

    private void giveBack(FunctionSlot slot) {
        slot.leave();
        lock.lock();
        try {
            free.computeIfAbsent(slot.shape(), _ -> new ArrayDeque<>()).push(slot);
        } finally {
            lock.unlock();
        }
    }

    private static Shape shape(UdfSource source, boolean foldable) {
        return switch (source.kind()) {
            case SCALAR, AGGREGATE ->
                new Shape(source.kind(), Signature.of(source.parameters(), source.result(), foldable));
            case TABLE -> new Shape(source.kind(), Signature.of(source.parameters(), NO_RESULT, false));
        };
    }

    FunctionSlot slot(long number) {
        return Objects.requireNonNull(slots.get(number));
    }

    @Override
    public void close() {
        workers.close();
        try {
            connection.close();
        } catch (SQLException e) {
            throw new Failure.Internal("DuckDB did not close its connection for functions: " + e.getMessage())
                    .exception();
        } finally {
            if (arena.scope().isAlive()) {
                arena.close();
            }
        }
    }
}
