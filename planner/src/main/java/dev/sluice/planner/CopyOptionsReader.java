package dev.sluice.planner;

import dev.sluice.core.Code;
import dev.sluice.core.FailureException;
import dev.sluice.core.OnError;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Collectors;

/**
 * Reads {@code FORCE = true}, {@code ON ERROR = SKIP_FILE} and {@code PATTERN = '…'}, after the options of the files'
 * reader or among them.
 */
final class CopyOptionsReader {
    private static final String FORCE = "force";
    private static final String ON_ERROR = "on_error";
    private static final String PATTERN = "pattern";

    private final Tokens tokens;

    CopyOptionsReader(Tokens tokens) {
        this.tokens = tokens;
    }

    /** @param options those in brackets, each a literal, which lose what is read here */
    Statement.CopyOptions read(Map<String, String> options) {
        var place = tokens.peek().start();
        for (var name = next(); name.isPresent(); name = next()) {
            if (options.put(name.get(), value()) != null) {
                throw tokens.draft()
                        .failure(Code.INVALID_STATEMENT, "Option '" + name.get() + "' is given twice", place);
            }
            tokens.acceptSymbol(',');
        }
        return new Statement.CopyOptions(
                value(options, FORCE).map(value -> force(value, place)).orElse(false),
                value(options, ON_ERROR).map(value -> onError(value, place)).orElse(OnError.ABORT),
                value(options, PATTERN).map(value -> pattern(value, place)));
    }

    private Optional<String> next() {
        if (tokens.accept("FORCE")) {
            return Optional.of(FORCE);
        }
        if (tokens.accept("ON", "ERROR") || tokens.accept("ON_ERROR")) {
            return Optional.of(ON_ERROR);
        }
        return tokens.accept("PATTERN") ? Optional.of(PATTERN) : Optional.empty();
    }

    private String value() {
        var isBare = !tokens.acceptSymbol('=') && (tokens.atEnd() || tokens.atSymbol(','));
        return isBare ? "true" : tokens.take().value();
    }

    private static Optional<String> value(Map<String, String> options, String name) {
        return Optional.ofNullable(options.remove(name)).map(CopyOptionsReader::unquoted);
    }

    private static String unquoted(String literal) {
        return literal.startsWith("'") && literal.endsWith("'") && literal.length() > 1
                ? literal.substring(1, literal.length() - 1).replace("''", "'")
                : literal;
    }

    private boolean force(String value, int place) {
        return switch (value.toLowerCase(Locale.ROOT)) {
            case "true" -> true;
            case "false" -> false;
            default -> throw invalid("FORCE = " + value + ": expected true or false", place);
        };
    }

    private OnError onError(String value, int place) {
        return Arrays.stream(OnError.values())
                .filter(each -> each.name().equalsIgnoreCase(value))
                .findFirst()
                .orElseThrow(() -> invalid(
                        "ON ERROR = " + value + ": expected "
                                + Arrays.stream(OnError.values())
                                        .map(OnError::name)
                                        .collect(Collectors.joining(", ")),
                        place));
    }

    private Pattern pattern(String value, int place) {
        try {
            return Pattern.compile(value);
        } catch (PatternSyntaxException e) {
            throw invalid("PATTERN = '" + value + "' is no regular expression: " + e.getDescription(), place);
        }
    }

    private FailureException invalid(String message, int place) {
        return tokens.draft().failure(Code.INVALID_VALUE, message, place);
    }
}
