package dev.sluice.planner;

import dev.sluice.core.Code;
import dev.sluice.core.QualifiedName;
import dev.sluice.planner.Token.Kind;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.StringJoiner;

/** Reads {@code COPY INTO t [(a, b)] FROM 'files' [(FORMAT csv, HEADER true, …)] [FORCE = true …]}. */
final class CopyReader {
    private static final Set<String> FORMATS = Set.of("parquet", "csv", "json");

    private final Reading reading;
    private final Tokens tokens;

    CopyReader(Reading reading) {
        this.reading = reading;
        this.tokens = reading.tokens();
    }

    Statement read() {
        if (!tokens.accept("INTO")) {
            throw tokens.draft()
                    .forbidden(
                            "Files are read by COPY INTO table FROM 'files', and written by the client",
                            tokens.last().start());
        }
        var table = reading.target();
        var columns = columns(table);
        tokens.expect("FROM");
        var place = tokens.peek().start();
        var source = tokens.string("a path");
        if (source.isEmpty()) {
            throw tokens.draft().failure(Code.INVALID_VALUE, "The path is empty", place);
        }
        var options = options();
        var copy = new CopyOptionsReader(tokens).read(options);
        var named = Optional.ofNullable(options.remove("format")).map(CopyReader::unquoted);
        var format = named.or(() -> formatOf(source))
                .orElseThrow(() -> tokens.draft()
                        .failure(
                                Code.INVALID_VALUE,
                                "The format of '" + source + "' is not clear: add (FORMAT parquet), csv or json",
                                place));
        if (!FORMATS.contains(format)) {
            var message = "Unknown format '" + format + "': expected parquet, csv or json";
            throw tokens.draft().failure(Code.INVALID_VALUE, message, place);
        }
        if (isTabbed(source) && format.equals("csv")) {
            options.putIfAbsent("delim", "'\t'");
        }
        return new Statement.CopyInto(table, columns, source, format, options, copy);
    }

    /** The columns that the statement names; a table that does not exist yet has all of the files'. */
    private List<String> columns(TableRef table) {
        var columns = new ArrayList<String>();
        if (tokens.acceptSymbol('(')) {
            var schema = reading.schema(table);
            do {
                columns.add(reading.column(schema, table, columns));
            } while (tokens.acceptSymbol(','));
            tokens.expectSymbol(')');
        }
        return columns;
    }

    private Map<String, String> options() {
        var options = new LinkedHashMap<String, String>();
        var bracketed = tokens.accept("WITH") ? tokens.expectSymbol('(').isSymbol('(') : tokens.acceptSymbol('(');
        if (!bracketed) {
            return options;
        }
        do {
            var place = tokens.peek().start();
            var name = tokens.name("an option").toLowerCase(Locale.ROOT);
            tokens.acceptSymbol('=');
            var value = tokens.atSymbol(',') || tokens.atSymbol(')') ? "true" : value();
            if (options.put(canonical(name), value) != null) {
                throw tokens.draft().failure(Code.INVALID_STATEMENT, "Option '" + name + "' is given twice", place);
            }
        } while (tokens.acceptSymbol(','));
        tokens.expectSymbol(')');
        return options;
    }

    private static String canonical(String option) {
        return switch (option) {
            case "delimiter", "sep" -> "delim";
            case "null" -> "nullstr";
            default -> option;
        };
    }

    private String value() {
        var token = tokens.peek();
        if (token.kind() == Kind.STRING) {
            return QualifiedName.literal(tokens.take().value());
        }
        if (tokens.acceptSymbol('-')) {
            return '-' + number();
        }
        if (token.kind() == Kind.NUMBER) {
            return number();
        }
        if (token.kind() == Kind.WORD) {
            var word = tokens.take().value().toLowerCase(Locale.ROOT);
            return switch (word) {
                case "true", "on", "yes" -> "true";
                case "false", "off", "no" -> "false";
                default -> QualifiedName.literal(word);
            };
        }
        if (tokens.acceptSymbol('[')) {
            return list();
        }
        throw tokens.expected("a value");
    }

    private String number() {
        if (tokens.peek().kind() != Kind.NUMBER) {
            throw tokens.expected("a number");
        }
        return tokens.take().value();
    }

    private String list() {
        var values = new StringJoiner(", ", "[", "]");
        while (!tokens.acceptSymbol(']')) {
            values.add(value());
            if (!tokens.atSymbol(']')) {
                tokens.expectSymbol(',');
            }
        }
        return values.toString();
    }

    private static String unquoted(String literal) {
        return literal.replace("'", "").toLowerCase(Locale.ROOT);
    }

    private static Optional<String> formatOf(String source) {
        return switch (extension(source)) {
            case "parquet" -> Optional.of("parquet");
            case "csv", "tsv" -> Optional.of("csv");
            case "json", "jsonl", "ndjson" -> Optional.of("json");
            default -> Optional.empty();
        };
    }

    private static boolean isTabbed(String source) {
        return extension(source).equals("tsv");
    }

    private static String extension(String source) {
        var name = source.toLowerCase(Locale.ROOT).replaceFirst("\\.(gz|zst)$", "");
        return name.substring(name.lastIndexOf('.') + 1);
    }
}
