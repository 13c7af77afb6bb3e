package dev.sluice.udf.runtime;

import java.lang.constant.ClassDesc;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.arrow.vector.types.FloatingPointPrecision;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;

/** The SQL types without parts that a function may take and give, and the Java types that stand for them. */
enum SqlType {
    BOOLEAN(boolean.class, Boolean.class),
    TINYINT(byte.class, Byte.class),
    SMALLINT(short.class, Short.class),
    INTEGER(int.class, Integer.class),
    BIGINT(long.class, Long.class),
    REAL(float.class, Float.class),
    DOUBLE(double.class, Double.class),
    DECIMAL(BigDecimal.class),
    VARCHAR(String.class),
    BLOB(byte[].class),
    UUID(java.util.UUID.class),
    DATE(LocalDate.class),
    TIME(LocalTime.class),
    TIMESTAMP(LocalDateTime.class),
    TIMESTAMPTZ(Instant.class);

    /** Those whose Java type an argument's value may be widened to without loss. */
    private static final List<SqlType> NUMBERS = List.of(TINYINT, SMALLINT, INTEGER, BIGINT, REAL, DOUBLE);

    private static final String EXTENSION = ArrowType.ExtensionType.EXTENSION_METADATA_KEY_NAME;

    private final Class<?> plain;
    private final Class<?> box;

    SqlType(Class<?> plain, Class<?> box) {
        this.plain = plain;
        this.box = box;
    }

    SqlType(Class<?> plain) {
        this(plain, plain);
    }

    /** Empty for a type that has parts. */
    static Optional<SqlType> of(Field field) {
        return Optional.ofNullable(
                switch (field.getType()) {
                    case ArrowType.Bool _ -> BOOLEAN;
                    case ArrowType.Int i when i.getIsSigned() -> integer(i.getBitWidth());
                    case ArrowType.FloatingPoint f when f.getPrecision() == FloatingPointPrecision.SINGLE -> REAL;
                    case ArrowType.FloatingPoint f when f.getPrecision() == FloatingPointPrecision.DOUBLE -> DOUBLE;
                    case ArrowType.Decimal _ -> DECIMAL;
                    case ArrowType.Utf8 _ -> VARCHAR;
                    case ArrowType.FixedSizeBinary _
                    when "arrow.uuid".equals(field.getMetadata().get(EXTENSION)) -> UUID;
                    case ArrowType.FixedSizeBinary _, ArrowType.Binary _ -> BLOB;
                    case ArrowType.Date _ -> DATE;
                    case ArrowType.Time _ -> TIME;
                    case ArrowType.Timestamp t when t.getTimezone() == null -> TIMESTAMP;
                    case ArrowType.Timestamp _ -> TIMESTAMPTZ;
                    default -> null;
                });
    }

    private static SqlType integer(int bits) {
        return switch (bits) {
            case Byte.SIZE -> TINYINT;
            case Short.SIZE -> SMALLINT;
            case Integer.SIZE -> INTEGER;
            default -> BIGINT;
        };
    }

    /** Whether a value of this type can be handed to a Java parameter of {@code type}. */
    boolean fits(ClassDesc type) {
        return isJavaType(type)
                || NUMBERS.stream().anyMatch(wider -> widensTo(wider) && isClass(type, wider.plain))
                || (this == VARCHAR && isClass(type, CharSequence.class));
    }

    /** Whether a Java value of {@code type} can become a value of this type. */
    boolean accepts(ClassDesc type) {
        return isJavaType(type)
                || NUMBERS.stream().anyMatch(narrower -> narrower.widensTo(this) && isClass(type, narrower.plain));
    }

    /** Without loss. */
    private boolean widensTo(SqlType wider) {
        return switch (this) {
            case TINYINT -> wider != this;
            case SMALLINT -> wider != this && wider != TINYINT;
            case INTEGER -> wider == BIGINT || wider == DOUBLE;
            case REAL -> wider == DOUBLE;
            case BOOLEAN, BIGINT, DOUBLE, DECIMAL, VARCHAR, BLOB, UUID, DATE, TIME, TIMESTAMP, TIMESTAMPTZ -> false;
        };
    }

    /** Whether an array of the Java type {@code component} can hold values of this type, none of them null. */
    boolean fitsArrayOf(ClassDesc component) {
        return component.isPrimitive() && isClass(component, plain);
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

    /** The type in SQL's words, parts and all: {@code STRUCT(a INTEGER, b VARCHAR[])}. */
    static String shown(Field field) {
        return switch (field.getType()) {
            case ArrowType.List _ -> shown(field.getChildren().getFirst()) + "[]";
            case ArrowType.Struct _ ->
                field.getChildren().stream()
                        .map(child -> child.getName() + " " + shown(child))
                        .collect(Collectors.joining(", ", "STRUCT(", ")"));
            case ArrowType.Map _ ->
                field.getChildren().getFirst().getChildren().stream()
                        .map(SqlType::shown)
                        .collect(Collectors.joining(", ", "MAP(", ")"));
            case ArrowType.Decimal decimal -> "DECIMAL(" + decimal.getPrecision() + ", " + decimal.getScale() + ")";
            case ArrowType type -> of(field).map(SqlType::name).orElseGet(type::toString);
        };
    }
}
