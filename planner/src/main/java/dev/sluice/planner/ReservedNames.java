package dev.sluice.planner;

import dev.sluice.planner.Token.Kind;
import dev.sluice.planner.Tokenizer.Lexed;
import dev.sluice.planner.parser.QueryParser;
import java.io.StringReader;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Puts quotes around names that Calcite's grammar reserves and DuckDB's does not, such as a column called {@code date}.
 * A word is taken for a name by its neighbours alone: {@code DATE '2001-01-05'}, {@code CAST(x AS DATE)} and
 * {@code date(x)} stay as they are. A keyword in quotes does no harm but that Calcite refuses the text, since it reads
 * no quoted name as anything but a table, a column or a type of the user's. Confined to one thread, for one text.
 */
final class ReservedNames {
    /** Words of Calcite's that give a value where DuckDB has no such column, or are read in two ways. */
    private static final Set<String> VALUES = Set.of(
            "CURRENT_CATALOG",
            "CURRENT_DATE",
            "CURRENT_PATH",
            "CURRENT_ROLE",
            "CURRENT_SCHEMA",
            "CURRENT_TIME",
            "CURRENT_TIMESTAMP",
            "CURRENT_USER",
            "LOCALTIME",
            "LOCALTIMESTAMP",
            "SESSION_USER",
            "SYSTEM_USER",
            "UNKNOWN");

    private static final Set<String> FRAMES = Set.of("GROUPS", "RANGE", "ROWS");

    private static final Set<String> RESERVED = reserved();

    private final Lexed lexed;
    private final List<Token> tokens;

    private ReservedNames(Lexed lexed) {
        this.lexed = lexed;
        this.tokens = lexed.tokens();
    }

    /**
     * A text for Calcite.
     *
     * @param inserted the places of its characters, in order, that the client's text does not have
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Quoted(String sql, int[] inserted) {}

    static Quoted quote(Lexed lexed) {
        return new ReservedNames(lexed).quote();
    }

    private static Set<String> reserved() {
        var metadata = QueryParser.FACTORY.getParser(new StringReader("")).getMetadata();
        return metadata.getTokens().stream()
                .filter(word -> metadata.isKeyword(word) && !metadata.isNonReservedKeyword(word))
                .collect(Collectors.toUnmodifiableSet());
    }

    private Quoted quote() {
        var sql = new StringBuilder();
        var inserted = IntStream.builder();
        var at = 0;
        var casts = new ArrayDeque<Boolean>();
        for (var i = 0; i < tokens.size(); i++) {
            var token = tokens.get(i);
            if (token.isSymbol('(')) {
                casts.push(i > 0
                        && (tokens.get(i - 1).is("CAST") || tokens.get(i - 1).is("TRY_CAST")));
            } else if (token.isSymbol(')')) {
                casts.poll();
            } else if (isReserved(token) && isName(i, Boolean.TRUE.equals(casts.peek()))) {
                sql.append(lexed.sql(), at, token.start());
                inserted.add(sql.length());
                sql.append('"').append(token.value()).append('"');
                inserted.add(sql.length() - 1);
                at = token.end();
            }
        }
        sql.append(lexed.sql(), at, lexed.sql().length());
        return new Quoted(sql.toString(), inserted.build().toArray());
    }

    private static boolean isReserved(Token token) {
        return token.kind() == Kind.WORD && RESERVED.contains(token.value().toUpperCase(Locale.ROOT));
    }

    private boolean isName(int index, boolean inCast) {
        var token = tokens.get(index);
        if (index == 0 || !NamePlaces.mayFollowName(tokens.get(index + 1))) {
            return false;
        }
        var before = tokens.get(index - 1);
        if (before.isSymbol('.')) {
            return true;
        }
        if (VALUES.contains(token.value().toUpperCase(Locale.ROOT)) || EngineWords.isReserved(token.value())) {
            return false;
        }
        if (before.isSymbol(':')) {
            return index == 1 || !tokens.get(index - 2).isSymbol(':');
        }
        if (before.is("AS")) {
            return !inCast;
        }
        var isFrame = tokens.get(index + 1).is("BETWEEN") && FRAMES.stream().anyMatch(token::is);
        return NamePlaces.mayPrecedeName(before) && !isFrame;
    }
}
