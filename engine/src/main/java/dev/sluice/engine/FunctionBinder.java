package dev.sluice.engine;

import com.google.errorprone.annotations.MustBeClosed;
import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.sluice.core.Failure;
import dev.sluice.engine.DuckDbApi.Signature;
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
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.arrow.vector.types.pojo.Field;
import org.duckdb.DuckDBConnection;

/**
 * Gives functions to DuckDB under names that never change hands while in use. DuckDB cannot drop a function that was
 * registered from outside, so a name is a slot: registered once for a signature, leased to one statement at a time, and
 * used again. All slots share one callback, which finds the slot by the number that DuckDB keeps with the function.
 * Thread-safe.
 *
 * <p>A statement that had its snapshot before {@link #bind} does not see a new slot: bind first, then prepare.
 */
final class FunctionBinder implements AutoCloseable {
    /** Begins a user's error in DuckDB's message; then come the length of the function's name, the name, the error. */
    static final String MARKER = "sluice-function:";

    private static final Pattern SQL_NAME = Pattern.compile(FunctionSlot.PREFIX + "(\\d{1,18})");

    private static final MemorySegment NO_MESSAGE = Arena.global().allocateFrom(marked("", "out of memory"));

    private final DuckDBConnection connection;
    private final Arena arena = Arena.ofShared();
    private final MemorySegment stub = DuckDbApi.stub(this::call, arena);
    private final Map<Long, FunctionSlot> slots = new ConcurrentHashMap<>();
    private final ReentrantLock lock = new ReentrantLock();

    @GuardedBy("lock")
    private final Map<Signature, Deque<FunctionSlot>> free = new HashMap<>();

    private FunctionBinder(DuckDBConnection connection) {
        this.connection = connection;
    }

    /** Binds functions for the database of {@code connection}; close it when no statement runs any more. */
    @MustBeClosed
    static FunctionBinder open(DuckDBConnection connection) {
        try {
            return new FunctionBinder(connection.duplicate());
        } catch (SQLException e) {
            throw new Failure.Internal("DuckDB gave no connection for functions: " + e.getMessage()).exception();
        }
    }

    /** Makes {@code function} callable in SQL by the name of the result, for one statement, until that is closed. */
    @MustBeClosed
    BoundFunction bind(UdfFunction function) {
        var run = function.run(DuckDbApi.INSTANCE);
        var slot = lease(signature(function.source(), function.source().deterministic()));
        slot.enter(run);
        return new BoundFunction(slot, run::cancel, this::giveBack);
    }

    /** A name with the function's types that runs nothing, for a query that is described and not run. */
    @MustBeClosed
    BoundFunction declare(UdfSource source) {
        var slot = lease(signature(source, false));
        slot.declare(source.name());
        return new BoundFunction(slot, () -> {}, this::giveBack);
    }

    /** A text of DuckDB's in which functions have their users' names. */
    String named(String text) {
        return SQL_NAME.matcher(text).replaceAll(name -> {
            var slot = slots.get(Long.parseLong(name.group(1)));
            return Matcher.quoteReplacement(slot == null ? name.group() : slot.function());
        });
    }

    private FunctionSlot lease(Signature signature) {
        lock.lock();
        try {
            var unused = free.getOrDefault(signature, new ArrayDeque<>()).poll();
            return unused == null ? register(signature) : unused;
        } finally {
            lock.unlock();
        }
    }

    @GuardedBy("lock")
    private FunctionSlot register(Signature signature) {
        var slot = new FunctionSlot(slots.size() + 1, signature);
        DuckDbApi.register(connection, slot.sqlName(), signature, stub, slot.number());
        slots.put(slot.number(), slot);
        return slot;
    }

    private void giveBack(FunctionSlot slot) {
        slot.leave();
        lock.lock();
        try {
            free.computeIfAbsent(slot.signature(), _ -> new ArrayDeque<>()).push(slot);
        } finally {
            lock.unlock();
        }
    }

    private static Signature signature(UdfSource source, boolean foldable) {
        return new Signature(
                source.parameters().stream().map(Field::getType).toList(),
                source.result().getType(),
                foldable);
    }

    /** Runs on DuckDB's threads, for several batches at once. */
    private void call(long info, long chunk, long result) {
        try {
            Objects.requireNonNull(slots.get(DuckDbApi.extraInfo(info))).call(info, chunk, result);
        } catch (Throwable t) {
            DuckDbApi.setError(info, NO_MESSAGE);
        }
    }

    static String marked(String function, String message) {
        return MARKER + function.length() + ":" + function + ":" + message.replace('\0', ' ');
    }

    /** The user's error in a message of DuckDB's, if that is what it is. */
    static Optional<Failure.FunctionFailed> failureIn(String message) {
        var start = message.indexOf(MARKER) + MARKER.length();
        var colon = message.indexOf(':', start);
        if (start < MARKER.length() || colon < 0) {
            return Optional.empty();
        }
        try {
            var nameEnd = colon + 1 + Integer.parseInt(message, start, colon, 10);
            return Optional.of(
                    new Failure.FunctionFailed(message.substring(colon + 1, nameEnd), message.substring(nameEnd + 1)));
        } catch (NumberFormatException | IndexOutOfBoundsException e) {
            return Optional.empty();
        }
    }

    @Override
    public void close() {
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
