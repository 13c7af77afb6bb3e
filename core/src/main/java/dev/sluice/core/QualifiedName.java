package dev.sluice.core;

import java.util.Locale;
import java.util.regex.Pattern;

/**
 * A schema and the name of a table or function in it. Case is kept and matched case-insensitively by the catalog;
 * quoting rules live here alone.
 */
public record QualifiedName(String schema, String name) {
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");

    public QualifiedName {
        if (schema.isEmpty() || name.isEmpty()) {
            throw new IllegalArgumentException(
                    "A qualified name has two parts, but is '" + schema + "'.'" + name + "'");
        }
    }

    /** The key under which names that differ in case alone are one. */
    public QualifiedName folded() {
        return new QualifiedName(schema.toLowerCase(Locale.ROOT), name.toLowerCase(Locale.ROOT));
    }

    /** An identifier in double quotes, safe in any SQL text. */
    public static String quote(String identifier) {
        return '"' + identifier.replace("\"", "\"\"") + '"';
    }

    /** A string literal in single quotes, safe in any SQL text. */
    public static String literal(String text) {
        return '\'' + text.replace("'", "''") + '\'';
    }

    /** An identifier in quotes where it needs them. */
    static String shown(String identifier) {
        return PLAIN.matcher(identifier).matches() ? identifier : quote(identifier);
    }

    @Override
    public String toString() {
        return shown(schema) + '.' + shown(name);
    }
}
