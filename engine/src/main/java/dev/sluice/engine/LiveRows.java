package dev.sluice.engine;

import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import com.google.errorprone.annotations.MustBeClosed;
import dev.sluice.engine.DuckDbApi.Signature;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;
import org.duckdb.DuckDBConnection;

/**
 * A function of DuckDB that tells which rows of files have not been deleted: {@code __sluice_live(number of a set,
 * index of a file in it, row in the file)}. A set belongs to one statement. Thread-safe.
 */
final class LiveRows implements AutoCloseable {
    static final String FUNCTION = "__sluice_live";

    private static final Field BIGINT = Field.nullable("", new ArrowType.Int(Long.SIZE, true));
    private static final Signature SIGNATURE =
            Signature.of(List.of(BIGINT, BIGINT, BIGINT), Field.nullable("", ArrowType.Bool.INSTANCE), true);

    private final Arena arena = Arena.ofShared();
    private final MemorySegment failed = arena.allocateFrom("The deleted rows of this statement are gone");
    private final Map<Long, List<DeletedRows>> sets = new ConcurrentHashMap<>();
    private final AtomicLong next = new AtomicLong();

    /** Makes the function known to the connection's database; close it when no statement runs any more. */
    @MustBeClosed
    LiveRows(DuckDBConnection connection) {
        DuckDbScalars.register(connection, FUNCTION, SIGNATURE, DuckDbApi.stub(this::call, arena), 0);
    }

    /** Keeps a set of files under a number, until it is removed. */
    long add(List<DeletedRows> files) {
        var number = next.incrementAndGet();
        sets.put(number, List.copyOf(files));
        return number;
    }

    void remove(long number) {
        sets.remove(number);
    }

    /** Runs on DuckDB's threads, for several batches at once. */
    private void call(long info, long chunk, long result) {
        try {
            var batch = new Batch(
                    DuckDbApi.column(chunk, 1),
                    DuckDbApi.column(chunk, 2),
                    DuckDbApi.data(result),
                    DuckDbApi.size(chunk));
            if (batch.size > 0) {
                var number = DuckDbApi.MEMORY.get(JAVA_LONG, DuckDbApi.column(chunk, 0));
                batch.fill(Objects.requireNonNull(sets.get(number)));
            }
        } catch (Throwable t) {
            DuckDbScalars.setError(info, failed);
        }
    }

    /** Addresses of a batch's files, rows and answers, and how many there are. */
    private record Batch(long files, long rows, long answers, long size) {
        void fill(List<DeletedRows> sets) {
            for (var from = 0L; from < size; ) {
                var file = file(from);
                var until = from + 1;
                while (until < size && file(until) == file) {
                    until++;
                }
                fill(sets.get((int) file), from, until);
                from = until;
            }
        }

        /** The rows of one file; nearly always they follow each other. */
        private void fill(DeletedRows deleted, long from, long until) {
            var first = row(from);
            if (follow(from, until)) {
                for (var i = from; i < until; i++) {
                    answer(i, true);
                }
                deleted.forEach(first, (int) (until - from), row -> answer(from + row - first, false));
            } else {
                for (var i = from; i < until; i++) {
                    answer(i, !deleted.contains(row(i)));
                }
            }
        }

        private boolean follow(long from, long until) {
            var first = row(from) - from;
            for (var i = from + 1; i < until; i++) {
                if (row(i) - i != first) {
                    return false;
                }
            }
            return true;
        }

        private long file(long index) {
            return DuckDbApi.MEMORY.get(JAVA_LONG, files + index * Long.BYTES);
        }

        private long row(long index) {
            return DuckDbApi.MEMORY.get(JAVA_LONG, rows + index * Long.BYTES);
        }

        private void answer(long index, boolean live) {
            DuckDbApi.MEMORY.set(JAVA_BYTE, answers + index, (byte) (live ? 1 : 0));
        }
    }

    @Override
    public void close() {
        if (arena.scope().isAlive()) {
            arena.close();
        }
    }
}
