package dev.sluice.udf.runtime;

import java.lang.constant.ClassDesc;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Optional;
import org.apache.arrow.vector.types.FloatingPointPrecision;
import org.apache.arrow.vector.types.pojo.ArrowType;

/** The SQL types that a function may take and give, and the Java types that stand for them. */
enum SqlType {
    BOOLEAN(boolean.class, Boolean.class),
    INTEGER(int.class, Integer.class),
    BIGINT(long.class, Long.class),
    REAL(float.class, Float.class),
    DOUBLE(double.class, Double.class),
    DECIMAL(BigDecimal.class),
    VARCHAR(String.class),
    DATE(LocalDate.class),
    TIMESTAMP(LocalDateTime.class),
    TIMESTAMPTZ(Instant.class);

    /** Those whose Java type an argument's value may be widened to without loss. */
    private static final List<SqlType> NUMBERS = List.of(INTEGER, BIGINT, REAL, DOUBLE);

    private final Class<?> plain;
    private final Class<?> box;

    SqlType(Class<?> plain, Class<?> box) {
        this.plain = plain;
        this.box = box;
    }

    SqlType(Class<?> plain) {
        this(plain, plain);
    }

    static Optional<SqlType> of(ArrowType type) {
        return Optional.ofNullable(
                switch (type) {
                    case ArrowType.Bool _ -> BOOLEAN;
                    case ArrowType.Int i when i.getIsSigned() && i.getBitWidth() == 32 -> INTEGER;
                    case ArrowType.Int i when i.getIsSigned() && i.getBitWidth() == 64 -> BIGINT;
                    case ArrowType.FloatingPoint f when f.getPrecision() == FloatingPointPrecision.SINGLE -> REAL;
                    case ArrowType.FloatingPoint f when f.getPrecision() == FloatingPointPrecision.DOUBLE -> DOUBLE;
                    case ArrowType.Decimal _ -> DECIMAL;
                    case ArrowType.Utf8 _ -> VARCHAR;
                    case ArrowType.Date _ -> DATE;
                    case ArrowType.Timestamp t when t.getTimezone() == null -> TIMESTAMP;
                    case ArrowType.Timestamp _ -> TIMESTAMPTZ;
                    default -> null;
                });
    }

    /** Whether a value of this type can be handed to a Java parameter of {@code type}. */
    boolean fits(ClassDesc type) {
        return isJavaType(type) || NUMBERS.stream().anyMatch(wider -> widensTo(wider) && isClass(type, wider.plain));
    }

    /** Whether a Java value of {@code type} can become a value of this type. */
    boolean accepts(ClassDesc type) {
        return isJavaType(type)
                || NUMBERS.stream().anyMatch(narrower -> narrower.widensTo(this) && isClass(type, narrower.plain));
    }

    private boolean widensTo(SqlType wider) {
        return switch (this) {
            case INTEGER -> wider == BIGINT || wider == DOUBLE;
            case REAL -> wider == DOUBLE;
            case BOOLEAN, BIGINT, DOUBLE, DECIMAL, VARCHAR, DATE, TIMESTAMP, TIMESTAMPTZ -> false;
        };
    }

    private boolean isJavaType(ClassDesc type) {
        return isClass(type, plain) || isClass(type, box);
    }

    private static boolean isClass(ClassDesc type, Class<?> javaType) {
        return type.descriptorString().equals(javaType.descriptorString());
    }

    /** The Java types for a message: {@code long or Long}. */
    String javaNames() {
        return plain.equals(box) ? plain.getSimpleName() : plain.getSimpleName() + " or " + box.getSimpleName();
    }
}
