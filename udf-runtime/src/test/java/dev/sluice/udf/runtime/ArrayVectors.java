package dev.sluice.udf.runtime;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.apache.arrow.vector.types.pojo.Field;
import org.jspecify.annotations.Nullable;

/** Vectors that are arrays of boxes: an address is a place in a list. Confined to one thread. */
final class ArrayVectors implements VectorAccess {
    private static final Field BIGINT = Functions.field("", "BIGINT");

    private final List<@Nullable Object[]> vectors = new ArrayList<>();
    private final List<long[]> chunks = new ArrayList<>();

    static @Nullable Object[] row(@Nullable Object... values) {
        return values;
    }

    /** Runs {@code function} over rows of arguments. */
    List<@Nullable Object> call(UdfFunction function, @Nullable Object[]... rows) throws Throwable {
        return call(function.run(this), rows);
    }

    List<@Nullable Object> call(FunctionRun run, @Nullable Object[]... rows) throws Throwable {
        var columns = run.function().source().parameters().size();
        var result = vector(new @Nullable Object[rows.length]);
        ((ScalarRun) run).call(chunk(rows, columns), result);
        return Arrays.asList(vectors.get((int) result));
    }

    long chunk(@Nullable Object[][] rows, int columns) {
        var chunk = new long[columns + 1];
        chunk[columns] = rows.length;
        for (var i = 0; i < columns; i++) {
            var column = i;
            chunk[i] = vector(Arrays.stream(rows).map(row -> row[column]).toArray());
        }
        chunks.add(chunk);
        return chunks.size() - 1L;
    }

    long vector(@Nullable Object[] values) {
        vectors.add(values);
        return vectors.size() - 1L;
    }

    long rows(long chunk) {
        var columns = chunks.get((int) chunk);
        return columns[columns.length - 1];
    }

    long columnOf(long chunk, long index) {
        return chunks.get((int) chunk)[(int) index];
    }

    long dataOf(long vector) {
        return vector;
    }

    /** One more than the vector, since 0 means that there are no nulls. */
    long validityOf(long vector) {
        return Arrays.stream(vectors.get((int) vector)).allMatch(Objects::nonNull) ? 0 : vector + 1;
    }

    long writableValidityOf(long vector) {
        return vector + 1;
    }

    boolean valid(long validity, long row) {
        return vectors.get((int) validity - 1)[(int) row] != null;
    }

    void putNull(long validity, long row) {
        vectors.get((int) validity - 1)[(int) row] = null;
    }

    Object read(long data, long row) {
        return Objects.requireNonNull(vectors.get((int) data)[(int) row]);
    }

    void write(long vector, long data, long row, Object value) {
        vectors.get((int) data)[(int) row] = value;
    }

    @Override
    public MethodHandle size() {
        return handle("rows", long.class, long.class);
    }

    @Override
    public MethodHandle column() {
        return handle("columnOf", long.class, long.class, long.class);
    }

    @Override
    public MethodHandle data() {
        return handle("dataOf", long.class, long.class);
    }

    @Override
    public MethodHandle validity() {
        return handle("validityOf", long.class, long.class);
    }

    @Override
    public MethodHandle writableValidity() {
        return handle("writableValidityOf", long.class, long.class);
    }

    @Override
    public MethodHandle isValid() {
        return handle("valid", boolean.class, long.class, long.class);
    }

    @Override
    public MethodHandle setNull() {
        return handle("putNull", void.class, long.class, long.class);
    }

    long state(long states, long row) {
        return (Long) read(states, row);
    }

    void setState(long states, long row, long number) {
        vectors.get((int) states)[(int) row] = number;
    }

    @Override
    public MethodHandle state() {
        return handle("state", long.class, long.class, long.class);
    }

    @Override
    public MethodHandle setState() {
        return handle("setState", void.class, long.class, long.class, long.class);
    }

    @Override
    public MethodHandle reader(Field type) {
        return handle("read", Object.class, long.class, long.class)
                .asType(MethodType.methodType(javaType(type), long.class, long.class));
    }

    @Override
    public MethodHandle writer(Field type) {
        return handle("write", void.class, long.class, long.class, long.class, Object.class)
                .asType(MethodType.methodType(void.class, long.class, long.class, long.class, javaType(type)));
    }

    /** An array of boxes holds digits as it holds any {@code long}. */
    @Override
    public MethodHandle digitsReader(Field type) {
        return reader(BIGINT);
    }

    @Override
    public MethodHandle digitsWriter(Field type) {
        return writer(BIGINT);
    }

    @Override
    public NestedVectors nested() {
        throw new UnsupportedOperationException("Boxes have no parts");
    }

    private static Class<?> javaType(Field field) {
        return switch (SqlType.of(field).orElseThrow()) {
            case BOOLEAN -> boolean.class;
            case TINYINT -> byte.class;
            case SMALLINT -> short.class;
            case INTEGER -> int.class;
            case BIGINT -> long.class;
            case REAL -> float.class;
            case DOUBLE -> double.class;
            case DECIMAL -> BigDecimal.class;
            case VARCHAR -> String.class;
            case BLOB -> byte[].class;
            case UUID -> UUID.class;
            case DATE -> LocalDate.class;
            case TIME -> LocalTime.class;
            case TIMESTAMP -> LocalDateTime.class;
            case TIMESTAMPTZ -> Instant.class;
        };
    }

    private MethodHandle handle(String name, Class<?> result, Class<?>... parameters) {
        try {
            return MethodHandles.lookup().bind(this, name, MethodType.methodType(result, parameters));
        } catch (ReflectiveOperationException e) {
            throw new LinkageError("No such accessor", e);
        }
    }
}
