package dev.sluice.planner;

import dev.sluice.core.Code;
import dev.sluice.core.Ref;
import dev.sluice.planner.Token.Kind;
import dev.sluice.planner.Tokenizer.Lexed;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * {@code AT BRANCH b}, {@code AT TAG t}, {@code AT COMMIT 'h'}, {@code FOR SYSTEM_TIME AS OF '…'} and {@code FOR
 * VERSION AS OF n}: read by us and hidden from the parsers, which know none of them.
 */
final class TimeTravel {
    private static final DateTimeFormatter LOCAL = new DateTimeFormatterBuilder()
            .append(DateTimeFormatter.ISO_LOCAL_DATE)
            .appendLiteral('T')
            .append(DateTimeFormatter.ISO_LOCAL_TIME)
            .toFormatter(Locale.ROOT);
    private static final DateTimeFormatter WITH_OFFSET = new DateTimeFormatterBuilder()
            .append(LOCAL)
            .appendOffset("+HH:mm", "Z")
            .toFormatter(Locale.ROOT);
    private static final DateTimeFormatter WITH_SHORT_OFFSET = new DateTimeFormatterBuilder()
            .append(LOCAL)
            .appendOffset("+HHmm", "Z")
            .toFormatter(Locale.ROOT);

    private TimeTravel() {}

    /** What a table's name is followed by. */
    record Destination(Optional<Ref> ref, Optional<Instant> asOf, OptionalLong snapshotId, int start) {}

    /**
     * A text without its time travel.
     *
     * @param destinations by the first character of the table's name
     */
    record Hidden(Lexed lexed, Map<Integer, Destination> destinations) {}

    static Hidden hide(Lexed lexed, Draft draft) {
        var sql = new StringBuilder(lexed.sql());
        var kept = new ArrayList<Token>();
        var destinations = new HashMap<Integer, Destination>();
        var tokens = new Tokens(draft, lexed.tokens());
        var name = -1;
        while (!tokens.atEnd()) {
            var from = tokens.peek().start();
            var destination = kept.isEmpty() || !kept.getLast().isName() ? Optional.<Destination>empty() : read(tokens);
            if (destination.isPresent()) {
                destinations.put(name, destination.get());
                Tokenizer.blank(sql, from, tokens.last().end());
                continue;
            }
            var token = tokens.take();
            if (token.isName() && (kept.isEmpty() || !kept.getLast().isSymbol('.'))) {
                name = token.start();
            }
            kept.add(token);
        }
        kept.add(tokens.peek());
        return new Hidden(new Lexed(sql.toString(), kept), Map.copyOf(destinations));
    }

    /** Reads it where it comes next. */
    static Optional<Destination> read(Tokens tokens) {
        var start = tokens.peek().start();
        if (tokens.at("AT", "BRANCH") || tokens.at("AT", "TAG") || tokens.at("AT", "COMMIT")) {
            tokens.take();
            return Optional.of(new Destination(
                    Optional.of(RefReader.read(tokens)), Optional.empty(), OptionalLong.empty(), start));
        }
        if (tokens.accept("FOR", "SYSTEM_TIME", "AS", "OF")) {
            return Optional.of(
                    new Destination(Optional.empty(), Optional.of(instant(tokens)), OptionalLong.empty(), start));
        }
        if (tokens.accept("FOR", "VERSION", "AS", "OF")) {
            return Optional.of(
                    new Destination(Optional.empty(), Optional.empty(), OptionalLong.of(snapshot(tokens)), start));
        }
        return Optional.empty();
    }

    /** The id of a snapshot. */
    static long snapshot(Tokens tokens) {
        var token = tokens.peek();
        if (token.kind() != Kind.NUMBER) {
            throw tokens.expected("a snapshot id");
        }
        try {
            return Long.parseLong(tokens.take().value().replace("_", ""));
        } catch (NumberFormatException e) {
            throw tokens.draft()
                    .failure(
                            Code.INVALID_VALUE,
                            "The snapshot id " + token.value() + " is no 64-bit number",
                            token.start());
        }
    }

    /** A time as {@code TIMESTAMP '…'} gives it. */
    static Instant instant(Tokens tokens) {
        if (tokens.accept("TIMESTAMP")) {
            tokens.accept("WITH", "TIME", "ZONE");
        } else if (!tokens.accept("TIMESTAMPTZ")) {
            tokens.accept("DATE");
        }
        var start = tokens.peek().start();
        var text = tokens.string("a time");
        try {
            return parse(text.strip());
        } catch (DateTimeException e) {
            var message = "Invalid time '" + text + "': expected '2026-01-31', '2026-01-31 12:00:00' (UTC) or"
                    + " '2026-01-31 12:00:00+01:00'";
            throw tokens.draft().failure(Code.INVALID_VALUE, message, start);
        }
    }

    private static Instant parse(String text) {
        if (text.length() <= 10) {
            return LocalDate.parse(text).atStartOfDay().toInstant(ZoneOffset.UTC);
        }
        var iso = text.substring(0, 10) + 'T' + text.substring(11).replace(" ", "");
        var time = iso.substring(11);
        var sign = Math.max(time.indexOf('+'), time.indexOf('-'));
        if (sign < 0 && !iso.endsWith("Z")) {
            return LocalDateTime.parse(iso, LOCAL).toInstant(ZoneOffset.UTC);
        }
        var offset = sign < 0 ? "" : time.substring(sign);
        return switch (offset.length()) {
            case 3 -> OffsetDateTime.parse(iso + ":00", WITH_OFFSET).toInstant();
            case 5 -> OffsetDateTime.parse(iso, WITH_SHORT_OFFSET).toInstant();
            default -> OffsetDateTime.parse(iso, WITH_OFFSET).toInstant();
        };
    }
}
