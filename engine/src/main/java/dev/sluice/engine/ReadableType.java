package dev.sluice.engine;

import java.util.ArrayList;

/**
 * A type's name as DuckDB prints it, read to tell the type that clients get in its stead: some types reach Arrow in a
 * form that no client can tell from another (an enumeration as the numbers of its dictionary, a bit string as bytes).
 * Such become text, at any depth. An unsigned number, which JDBC reads as a signed one, becomes one of the next wider
 * type. All others stay.
 *
 * <p>{@code type = name [ "(" arguments ")" ] { "[" [ length ] "]" }}, where the arguments of STRUCT are named types,
 * and those of TUPLE and MAP are types.
 */
final class ReadableType {
    private static final String TEXT = "VARCHAR";

    private final String name;
    private int at;

    private ReadableType(String name) {
        this.name = name;
    }

    /** The type to cast to, or {@code name} itself where clients can read it. */
    static String of(String name) {
        var reader = new ReadableType(name);
        var type = reader.type();
        return reader.at == name.length() ? type : name;
    }

    private String type() {
        var word = word();
        var type = switch (word) {
            case "STRUCT" -> word + arguments(Argument.NAMED);
            case "TUPLE", "MAP" -> word + arguments(Argument.TYPE);
            case "ENUM", "UNION", "VARIANT", "GEOMETRY" -> {
                arguments(Argument.OTHER);
                yield TEXT;
            }
            case "BIT", "BIGNUM", "TIME WITH TIME ZONE", "\"NULL\"", "UNKNOWN", "INVALID" -> TEXT;
            case "UTINYINT" -> "SMALLINT";
            case "USMALLINT" -> "INTEGER";
            case "UINTEGER" -> "BIGINT";
            case "UBIGINT" -> "DECIMAL(20,0)";
            case "UHUGEINT" -> "DECIMAL(38,0)";
            default -> word + arguments(Argument.OTHER);
        };
        var sizes = at;
        while (at < name.length() && name.charAt(at) == '[') {
            at = name.indexOf(']', at) + 1;
        }
        return type + name.substring(sizes, at);
    }

    private enum Argument {
        NAMED,
        TYPE,
        OTHER
    }

    private String arguments(Argument kind) {
        if (at == name.length() || name.charAt(at) != '(') {
            return "";
        }
        var arguments = new ArrayList<String>();
        do {
            at++;
            skipBlanks();
            arguments.add(
                    switch (kind) {
                        case NAMED -> fieldName() + ' ' + type();
                        case TYPE -> type();
                        case OTHER -> other();
                    });
        } while (at < name.length() && name.charAt(at) == ',');
        at++;
        return '(' + String.join(kind == Argument.OTHER ? "," : ", ", arguments) + ')';
    }

    private String fieldName() {
        var start = at;
        while (name.charAt(at) != ' ') {
            at = name.charAt(at) == '"' ? pastQuoted() : at + 1;
        }
        var field = name.substring(start, at);
        skipBlanks();
        return field;
    }

    /** Words with single blanks between, up to what ends them; a quoted name counts as a word. */
    private String word() {
        var start = at;
        while (at < name.length() && "(,)[".indexOf(name.charAt(at)) < 0) {
            at = name.charAt(at) == '"' ? pastQuoted() : at + 1;
        }
        return name.substring(start, at);
    }

    /** Whatever stands up to the end of one argument. */
    private String other() {
        var start = at;
        var depth = 0;
        while (at < name.length() && (depth > 0 || ",)".indexOf(name.charAt(at)) < 0)) {
            var c = name.charAt(at);
            depth += c == '(' ? 1 : c == ')' ? -1 : 0;
            at = c == '"' || c == '\'' ? pastQuoted() : at + 1;
        }
        return name.substring(start, at);
    }

    /** Behind the quoted piece that begins here; a doubled quote in it reads as two pieces, which is as good. */
    private int pastQuoted() {
        var end = name.indexOf(name.charAt(at), at + 1);
        return end < 0 ? name.length() : end + 1;
    }

    private void skipBlanks() {
        while (at < name.length() && name.charAt(at) == ' ') {
            at++;
        }
    }
}
