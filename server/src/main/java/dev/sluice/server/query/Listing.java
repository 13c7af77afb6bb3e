package dev.sluice.server.query;

import com.google.errorprone.annotations.MustBeClosed;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.BigIntVector;
import org.apache.arrow.vector.BitVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.IntVector;
import org.apache.arrow.vector.TimeStampMicroTZVector;
import org.apache.arrow.vector.VarCharVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.ipc.ArrowReader;
import org.apache.arrow.vector.types.TimeUnit;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.Schema;
import org.jspecify.annotations.Nullable;

/**
 * A small result that the server makes itself, as SHOW and DESCRIBE give.
 *
 * @param rows each value a {@code String}, {@code Long}, {@code Integer}, {@code Boolean}, {@code Instant} or null, by
 *     its column's type
 */
record Listing(Schema schema, List<List<@Nullable Object>> rows) {
    static Field text(String name) {
        return Field.nullable(name, ArrowType.Utf8.INSTANCE);
    }

    static Field number(String name) {
        return Field.nullable(name, new ArrowType.Int(64, true));
    }

    static Field integer(String name) {
        return Field.nullable(name, new ArrowType.Int(32, true));
    }

    static Field flag(String name) {
        return Field.nullable(name, ArrowType.Bool.INSTANCE);
    }

    static Field time(String name) {
        return Field.nullable(name, new ArrowType.Timestamp(TimeUnit.MICROSECOND, "UTC"));
    }

    static List<@Nullable Object> row(@Nullable Object... values) {
        return Arrays.asList(values);
    }

    /** The rows as one batch. */
    @MustBeClosed
    Result open(BufferAllocator allocator) {
        var root = VectorSchemaRoot.create(schema, allocator);
        try {
            fill(root);
            return new OneBatch(root);
        } catch (RuntimeException e) {
            root.close();
            throw e;
        }
    }

    /** The rows as one batch of a reader. */
    @MustBeClosed
    @SuppressWarnings("MustBeClosedChecker") // the caller closes it
    ArrowReader reader(BufferAllocator allocator) {
        return new OneBatchReader(this, allocator);
    }

    private void fill(VectorSchemaRoot root) {
        root.allocateNew();
        for (var column = 0; column < schema.getFields().size(); column++) {
            for (var row = 0; row < rows.size(); row++) {
                set(root.getVector(column), row, rows.get(row).get(column));
            }
        }
        root.setRowCount(rows.size());
    }

    private static void set(FieldVector vector, int row, @Nullable Object value) {
        switch (value) {
            case null -> vector.setNull(row);
            case String text -> ((VarCharVector) vector).setSafe(row, text.getBytes(StandardCharsets.UTF_8));
            case Long number -> ((BigIntVector) vector).setSafe(row, number);
            case Integer number -> ((IntVector) vector).setSafe(row, number);
            case Boolean flag -> ((BitVector) vector).setSafe(row, flag ? 1 : 0);
            case Instant time ->
                ((TimeStampMicroTZVector) vector).setSafe(row, ChronoUnit.MICROS.between(Instant.EPOCH, time));
            default -> throw new IllegalArgumentException("A listing holds no " + value.getClass());
        }
    }

    private static final class OneBatch implements Result {
        private final VectorSchemaRoot root;
        private boolean given;

        private OneBatch(VectorSchemaRoot root) {
            this.root = root;
        }

        @Override
        public Schema schema() {
            return root.getSchema();
        }

        @Override
        public boolean next() {
            var first = !given && root.getRowCount() > 0;
            given = true;
            return first;
        }

        @Override
        public VectorSchemaRoot root() {
            return root;
        }

        @Override
        public void close() {
            root.close();
        }
    }

    private static final class OneBatchReader extends ArrowReader {
        private final Listing listing;
        private boolean given;

        private OneBatchReader(Listing listing, BufferAllocator allocator) {
            super(allocator);
            this.listing = listing;
        }

        @Override
        protected Schema readSchema() {
            return listing.schema();
        }

        @Override
        public boolean loadNextBatch() throws IOException {
            if (given) {
                return false;
            }
            given = true;
            listing.fill(getVectorSchemaRoot());
            return true;
        }

        @Override
        public long bytesRead() {
            return 0;
        }

        @Override
        protected void closeReadSource() {}
    }
}
