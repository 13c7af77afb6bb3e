package dev.sluice.engine;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sluice.core.Code;
import dev.sluice.core.Failure;
import dev.sluice.core.QualifiedName;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** DuckDB's errors, which come as JSON text, to {@link Failure}s. */
final class DuckDbFailures {
    /** Begins the error that a write raises for a null in a NOT NULL column; the column's name follows. */
    static final String NULL_IN_COLUMN = "sluice-null:";

    private static final Pattern READER = Pattern.compile("CSV |JSON |Malformed JSON|Error when sniffing");
    private static final Pattern ADVICE = Pattern.compile("\\s*\n+(Column .* is being converted as type |"
            + "Possible ([Ss]olutions?|fixes):|Try setting |The search space used|  file = )");
    private static final Pattern FILE = Pattern.compile("\n  file = (.*)");
    private static final Pattern LONG_LINE = Pattern.compile("(\nOriginal Line: .{200}).+");
    private static final Pattern CANDIDATES =
            Pattern.compile("(\n+(?:Candidate [\\w ]+: |Did you mean ))(\"[^\n]*\")([?]?)");

    private static final ObjectMapper JSON = new ObjectMapper();

    private DuckDbFailures() {}

    /** The failure of a call into DuckDB, with its place in {@code sql}. */
    static EngineFailure of(Throwable thrown, String sql, Cancellation cancellation) {
        var cancelled = cancellation.reason();
        if (cancelled.isPresent()) {
            return new EngineFailure(cancelled.get(), OptionalInt.empty(), thrown);
        }
        return of(thrown, sql);
    }

    static EngineFailure of(Throwable thrown, String sql) {
        if (thrown instanceof EngineFailure known) {
            return known;
        }
        var text = String.valueOf(thrown.getMessage());
        var json = json(text);
        var ours = FunctionErrors.failureIn(json.map(DuckDbFailures::message).orElse(text));
        if (ours.isPresent()) {
            return new EngineFailure(ours.get(), OptionalInt.empty(), thrown);
        }
        if (json.isEmpty()) {
            return new EngineFailure(unstructured(text), OptionalInt.empty(), thrown);
        }
        return new EngineFailure(failure(json.get()), offset(json.get(), sql), thrown);
    }

    /** The failure that {@code json_serialize_sql} gives in place of a tree. */
    static EngineFailure parseError(String tree, String sql) {
        try {
            var json = JSON.readTree(tree);
            var message = clean(json.path("error_message").asText());
            return new EngineFailure(
                    invalid(Code.SYNTAX_ERROR, message), offset(json, sql), new IllegalArgumentException(message));
        } catch (JsonProcessingException e) {
            return new EngineFailure(unstructured(tree), OptionalInt.empty(), e);
        }
    }

    private static Optional<JsonNode> json(String text) {
        var start = text.indexOf("{\"exception_type\"");
        if (start < 0) {
            return Optional.empty();
        }
        try (var parser = JSON.createParser(text.substring(start))) {
            return Optional.ofNullable(parser.readValueAsTree());
        } catch (JsonProcessingException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static OptionalInt offset(JsonNode json, String sql) {
        var position = json.path("position").asText();
        if (position.isEmpty() || !position.chars().allMatch(Character::isDigit)) {
            return OptionalInt.empty();
        }
        var bytes = sql.getBytes(StandardCharsets.UTF_8);
        var end = Math.min(Long.parseLong(position), bytes.length);
        return OptionalInt.of(new String(bytes, 0, (int) end, StandardCharsets.UTF_8).length());
    }

    private static String message(JsonNode json) {
        return json.path("exception_message").asText();
    }

    private static Failure failure(JsonNode json) {
        var message = clean(message(json));
        var type = json.path("exception_type").asText();
        var subtype = json.path("error_subtype").asText();
        return switch (type) {
            case "Parser", "Syntax" -> invalid(Code.SYNTAX_ERROR, message);
            case "Catalog" -> missing(json, message);
            case "Binder" -> invalid(binder(subtype, message), message);
            case "Conversion" -> invalid(Code.INVALID_CAST, message);
            case "Out of Range" -> invalid(Code.VALUE_OUT_OF_RANGE, message);
            case "Divide by Zero" -> invalid(Code.DIVISION_BY_ZERO, message);
            case "Mismatch Type" -> invalid(Code.TYPE_MISMATCH, message);
            case "Constraint" -> invalid(Code.NULL_NOT_ALLOWED, message);
            case "Not implemented" -> invalid(Code.UNSUPPORTED, message);
            case "Permission" -> new Failure.Forbidden(message, Optional.empty());
            case "IO" -> io(message);
            case "Out of Memory" -> exhausted(message);
            case "INTERRUPT", "Interrupt" -> new Failure.Cancelled(Code.CANCELLED, "The statement was interrupted");
            case "FATAL", "Fatal" -> new Failure.Internal("DuckDB has failed, restart the server: " + message);
            case "INTERNAL", "Internal" -> new Failure.Internal(message);
            default -> other(message);
        };
    }

    private static Failure other(String message) {
        if (message.startsWith(NULL_IN_COLUMN)) {
            return nullIn(message.substring(NULL_IN_COLUMN.length()));
        }
        if (message.startsWith("Division by zero")) {
            return invalid(Code.DIVISION_BY_ZERO, message.replaceAll("\\. Use TRY.*", ""));
        }
        return invalid(Code.INVALID_VALUE, message);
    }

    private static Failure nullIn(String column) {
        return invalid(
                Code.NULL_NOT_ALLOWED,
                "Column " + QualifiedName.quote(column) + " is NOT NULL, and a row has no value for it");
    }

    private static Failure io(String message) {
        if (message.contains("No space left")) {
            return new Failure.Exhausted(Code.OUT_OF_DISK, message);
        }
        return message.contains("No such file") || message.startsWith("No files found")
                ? new Failure.NotFound(Code.FILE_NOT_FOUND, message, Optional.empty())
                : invalid(Code.INVALID_VALUE, message);
    }

    /** DuckDB's message goes on with advice on settings that are locked here. */
    private static Failure exhausted(String message) {
        var end = message.indexOf(". Possible solutions:");
        var first = end < 0 ? message : message.substring(0, end);
        return message.contains("max_temp_directory_size")
                ? new Failure.Exhausted(Code.OUT_OF_DISK, first + "; raise engine.temp-size, or ask for less")
                : new Failure.Exhausted(Code.OUT_OF_MEMORY, first + "; raise engine.memory, or ask for less");
    }

    private static Code binder(String subtype, String message) {
        if (subtype.equals("COLUMN_NOT_FOUND") || message.startsWith("Cannot extract field")) {
            return Code.COLUMN_NOT_FOUND;
        }
        if (message.startsWith("Referenced table")) {
            return Code.TABLE_NOT_FOUND;
        }
        if (message.startsWith("Ambiguous")) {
            return Code.AMBIGUOUS_NAME;
        }
        return message.contains("type") ? Code.TYPE_MISMATCH : Code.INVALID_STATEMENT;
    }

    private static Failure missing(JsonNode json, String message) {
        var type = json.path("type").asText();
        var code = type.contains("Function") || message.contains("Function with name")
                ? Code.FUNCTION_NOT_FOUND
                : type.contains("Table") || message.contains("Table with name")
                        ? Code.TABLE_NOT_FOUND
                        : Code.INVALID_STATEMENT;
        return new Failure.NotFound(code, message, Optional.empty());
    }

    private static Failure invalid(Code code, String message) {
        return new Failure.Invalid(code, message, Optional.empty());
    }

    private static Failure unstructured(String text) {
        return text.contains("Out of Memory") ? exhausted(clean(text)) : invalid(Code.INVALID_VALUE, clean(text));
    }

    /** A reader's failure goes on with advice on its options, and lists them all; of these, the file is news. */
    private static String withoutAdvice(String message) {
        var advice = ADVICE.matcher(message);
        if (!READER.matcher(message).lookingAt() || !advice.find()) {
            return message;
        }
        var file = FILE.matcher(message);
        var told = LONG_LINE.matcher(message.substring(0, advice.start())).replaceFirst("$1…");
        return told + (file.find(advice.start()) ? " in file '" + file.group(1) + "'" : "");
    }

    /** Names of our own are no candidates for what the client meant. */
    private static String withoutInternalNames(String message) {
        return CANDIDATES
                .matcher(message)
                .replaceAll(found -> {
                    var names = Pattern.compile(", | or ")
                            .splitAsStream(found.group(2))
                            .filter(name -> !name.contains("__sluice_"))
                            .collect(Collectors.joining(", "));
                    return names.isEmpty() ? "" : Matcher.quoteReplacement(found.group(1) + names + found.group(3));
                })
                .replaceFirst(" when casting from source column [cv]\\d+_$", "");
    }

    /** One line, without the pointer into the text, lists of all that would have fitted, and a full stop. */
    private static String clean(String message) {
        var text = withoutInternalNames(withoutAdvice(message))
                .replaceFirst("(?s)\n\n?LINE .*", "")
                .replaceFirst("(?s)\n\t?Candidate functions:.*", "")
                .strip()
                .replaceAll("[!.]?\\s*\n\\s*", ". ");
        return text.replaceFirst("[.!]$", "");
    }
}
