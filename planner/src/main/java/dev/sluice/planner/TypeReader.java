package dev.sluice.planner;

import dev.sluice.core.Code;
import dev.sluice.core.FailureException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.arrow.vector.types.DateUnit;
import org.apache.arrow.vector.types.FloatingPointPrecision;
import org.apache.arrow.vector.types.TimeUnit;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.FieldType;

/** Reads SQL types, under the names that DuckDB, Spark and the standard give them, as the Arrow types of a lake. */
final class TypeReader {
    /** What Arrow calls a field that holds universally unique ids. */
    private static final Map<String, String> UUID = Map.of(
            ArrowType.ExtensionType.EXTENSION_METADATA_KEY_NAME,
            "arrow.uuid",
            ArrowType.ExtensionType.EXTENSION_METADATA_KEY_METADATA,
            "");

    private static final int MAX_PRECISION = 38;
    private static final int DEFAULT_PRECISION = 18;
    private static final int DEFAULT_SCALE = 3;

    private final Tokens tokens;
    private final boolean narrow;

    TypeReader(Tokens tokens) {
        this(tokens, false);
    }

    private TypeReader(Tokens tokens, boolean narrow) {
        this.tokens = tokens;
        this.narrow = narrow;
    }

    /** Reads types of values that no table keeps: integers of one and two bytes are types of their own there. */
    static TypeReader ofValues(Tokens tokens) {
        return new TypeReader(tokens, true);
    }

    /** A type before it has a name. */
    private record Type(ArrowType arrow, List<Field> children, Map<String, String> metadata) {
        static Type of(ArrowType arrow) {
            return new Type(arrow, List.of(), Map.of());
        }

        Field field(String name, boolean nullable, Map<String, String> more) {
            var all = new HashMap<>(metadata);
            all.putAll(more);
            return new Field(name, new FieldType(nullable, arrow, null, all), children);
        }
    }

    /** A nullable field of the type that comes next. */
    Field field(String name) {
        return type().field(name, true, Map.of());
    }

    /** A type with {@code [NOT] NULL} and {@code COMMENT}. */
    Field column(String name) {
        var type = type();
        var nullable = true;
        var metadata = Map.<String, String>of();
        while (true) {
            if (tokens.accept("NOT", "NULL")) {
                nullable = false;
            } else if (tokens.accept("COMMENT")) {
                metadata = Map.of("comment", tokens.string("a comment"));
            } else if (!tokens.accept("NULL")) {
                return type.field(name, nullable, metadata);
            }
        }
    }

    private Type type() {
        var type = base();
        while (true) {
            if (tokens.acceptSymbol('[')) {
                if (tokens.peek().kind() == Token.Kind.NUMBER) {
                    throw refused("Lists of a fixed length are not supported: write []");
                }
                tokens.expectSymbol(']');
            } else if (!tokens.accept("ARRAY")) {
                return type;
            }
            type = list(type);
        }
    }

    private Type base() {
        var token = tokens.peek();
        var name = tokens.name("a type").toUpperCase(Locale.ROOT);
        return switch (name) {
            case "BOOLEAN", "BOOL" -> Type.of(new ArrowType.Bool());
            case "TINYINT", "INT1" -> Type.of(new ArrowType.Int(narrow ? 8 : 32, true));
            case "SMALLINT", "INT2" -> Type.of(new ArrowType.Int(narrow ? 16 : 32, true));
            case "INTEGER", "INT", "INT4" -> Type.of(new ArrowType.Int(32, true));
            case "BIGINT", "LONG", "INT8" -> Type.of(new ArrowType.Int(64, true));
            case "REAL", "FLOAT", "FLOAT4" -> Type.of(new ArrowType.FloatingPoint(FloatingPointPrecision.SINGLE));
            case "DOUBLE", "FLOAT8" -> {
                tokens.accept("PRECISION");
                yield Type.of(new ArrowType.FloatingPoint(FloatingPointPrecision.DOUBLE));
            }
            case "DECIMAL", "NUMERIC", "DEC" -> decimal();
            case "DATE" -> Type.of(new ArrowType.Date(DateUnit.DAY));
            case "TIME" -> {
                zone();
                yield Type.of(new ArrowType.Time(TimeUnit.MICROSECOND, 64));
            }
            case "TIMESTAMP", "DATETIME" -> timestamp();
            case "TIMESTAMPTZ" -> Type.of(new ArrowType.Timestamp(TimeUnit.MICROSECOND, "UTC"));
            case "VARCHAR", "STRING", "TEXT", "CHAR", "BPCHAR" -> {
                length();
                yield Type.of(new ArrowType.Utf8());
            }
            case "UUID" -> new Type(new ArrowType.FixedSizeBinary(16), List.of(), UUID);
            case "FIXED" -> Type.of(new ArrowType.FixedSizeBinary(fixedLength()));
            case "BINARY" ->
                Type.of(tokens.atSymbol('(') ? new ArrowType.FixedSizeBinary(fixedLength()) : new ArrowType.Binary());
            case "VARBINARY", "BLOB", "BYTEA" -> {
                length();
                yield Type.of(new ArrowType.Binary());
            }
            case "STRUCT", "ROW" -> struct();
            case "LIST", "ARRAY" -> {
                var close = open();
                var element = type();
                tokens.expectSymbol(close);
                yield list(element);
            }
            case "MAP" -> map();
            default ->
                throw tokens.draft()
                        .failure(
                                Code.UNSUPPORTED,
                                (narrow ? "Functions" : "Tables") + " have no type " + token.value() + instead(name),
                                token.start());
        };
    }

    private static String instead(String name) {
        return switch (name) {
            case "UTINYINT", "USMALLINT" -> ": use INTEGER";
            case "UINTEGER" -> ": use BIGINT";
            case "UBIGINT", "HUGEINT", "UHUGEINT" -> ": use DECIMAL(38, 0)";
            case "JSON", "ENUM", "INTERVAL", "BIT" -> ": use VARCHAR";
            case "TIMETZ" -> ": use TIME";
            case "TIMESTAMP_S", "TIMESTAMP_MS", "TIMESTAMP_NS" -> ": use TIMESTAMP";
            default -> "";
        };
    }

    private Type decimal() {
        var precision = DEFAULT_PRECISION;
        var scale = DEFAULT_SCALE;
        if (tokens.acceptSymbol('(')) {
            precision = tokens.number("precision", 1);
            scale = tokens.acceptSymbol(',') ? tokens.number("scale", 0) : 0;
            if (precision > MAX_PRECISION || scale > precision) {
                throw refused("DECIMAL has a precision of at most " + MAX_PRECISION + " and a scale of at most that");
            }
            tokens.expectSymbol(')');
        }
        return Type.of(new ArrowType.Decimal(precision, scale, 128));
    }

    private Type timestamp() {
        if (tokens.acceptSymbol('(')) {
            if (tokens.number("precision", 0) > 6) {
                throw refused("Timestamps have at most 6 digits of a second");
            }
            tokens.expectSymbol(')');
        }
        return Type.of(
                zone()
                        ? new ArrowType.Timestamp(TimeUnit.MICROSECOND, "UTC")
                        : new ArrowType.Timestamp(TimeUnit.MICROSECOND, null));
    }

    private boolean zone() {
        if (tokens.accept("WITH", "LOCAL", "TIME", "ZONE") || tokens.accept("WITH", "TIME", "ZONE")) {
            return true;
        }
        tokens.accept("WITHOUT", "TIME", "ZONE");
        return false;
    }

    /** A length that the lake does not hold anyone to. */
    private void length() {
        if (tokens.acceptSymbol('(')) {
            tokens.number("length", 1);
            tokens.expectSymbol(')');
        }
    }

    private int fixedLength() {
        tokens.expectSymbol('(');
        var length = tokens.number("length", 1);
        tokens.expectSymbol(')');
        return length;
    }

    private char open() {
        if (tokens.acceptSymbol('<')) {
            return '>';
        }
        tokens.expectSymbol('(');
        return ')';
    }

    private Type struct() {
        var close = open();
        var fields = new ArrayList<Field>();
        do {
            var place = tokens.peek().start();
            var name = tokens.name("the name of a field");
            tokens.acceptSymbol(':');
            if (fields.stream().anyMatch(field -> field.getName().equalsIgnoreCase(name))) {
                throw tokens.draft().failure(Code.AMBIGUOUS_NAME, "Field '" + name + "' is named twice", place);
            }
            fields.add(column(name));
        } while (tokens.acceptSymbol(','));
        tokens.expectSymbol(close);
        return new Type(new ArrowType.Struct(), List.copyOf(fields), Map.of());
    }

    private static Type list(Type element) {
        return new Type(new ArrowType.List(), List.of(element.field("element", true, Map.of())), Map.of());
    }

    private Type map() {
        var close = open();
        var key = type().field("key", false, Map.of());
        tokens.expectSymbol(',');
        var value = type().field("value", true, Map.of());
        tokens.expectSymbol(close);
        var entries = new Field("entries", FieldType.notNullable(new ArrowType.Struct()), List.of(key, value));
        return new Type(new ArrowType.Map(false), List.of(entries), Map.of());
    }

    private FailureException refused(String message) {
        return tokens.draft().failure(Code.UNSUPPORTED, message, tokens.peek().start());
    }
}
