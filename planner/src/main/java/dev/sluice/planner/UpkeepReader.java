package dev.sluice.planner;

import dev.sluice.core.Code;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Pattern;
import org.apache.arrow.vector.types.pojo.Schema;

/** Reads OPTIMIZE, EXPIRE SNAPSHOTS, REWRITE MANIFESTS, REMOVE ORPHAN FILES, COLLECT GARBAGE and BACKUP. */
final class UpkeepReader {
    private static final int MAX_ZORDER_COLUMNS = 8;
    private static final Pattern AGE = Pattern.compile("(\\d{1,6})\\s*(minute|hour|day|week)s?");

    private final Reading reading;
    private final Tokens tokens;

    UpkeepReader(Reading reading) {
        this.reading = reading;
        this.tokens = reading.tokens();
    }

    /** The statement, if it is one of these. */
    Optional<Statement> find() {
        return findTask()
                .map(task ->
                        new Statement.Maintain(task, !(task instanceof Upkeep.Backup) && tokens.accept("DRY", "RUN")));
    }

    private Optional<Upkeep> findTask() {
        if (tokens.accept("OPTIMIZE")) {
            return Optional.of(optimize());
        }
        if (tokens.accept("EXPIRE", "SNAPSHOTS")) {
            return Optional.of(expireSnapshots());
        }
        if (tokens.accept("REWRITE", "MANIFESTS")) {
            return Optional.of(new Upkeep.RewriteManifests(target()));
        }
        if (tokens.accept("REMOVE", "ORPHAN", "FILES")) {
            var table = tokens.accept("FROM") ? Optional.of(target()) : Optional.<TableRef>empty();
            return Optional.of(new Upkeep.RemoveOrphanFiles(table, cutOff()));
        }
        if (tokens.accept("COLLECT", "GARBAGE")) {
            return Optional.of(new Upkeep.CollectGarbage(cutOff()));
        }
        if (tokens.accept("BACKUP", "TO")) {
            return Optional.of(new Upkeep.Backup(tokens.string("a folder")));
        }
        return Optional.empty();
    }

    private TableRef target() {
        var table = reading.target();
        reading.schema(table);
        return table;
    }

    private Upkeep optimize() {
        tokens.accept("TABLE");
        var from = tokens.peek().start();
        var table = reading.target();
        var to = tokens.last().end();
        var schema = reading.schema(table);
        var chosen = tokens.at("WHERE") ? Optional.of(chosen(from, to)) : Optional.<Statement.Query>empty();
        return new Upkeep.Optimize(table, chosen, layout(table, schema));
    }

    private Statement.Query chosen(int from, int to) {
        var where = tokens.take();
        var begin = tokens.peek().start();
        tokens.skipExpression("ZORDER", "SORT", "DRY");
        if (tokens.peek().start() == begin) {
            throw tokens.expected("a condition");
        }
        var draft = Draft.from(reading.source())
                .insert(from, "SELECT 1 FROM ")
                .verbatim(from, to)
                .insert(where.start(), " WHERE (")
                .verbatim(begin, tokens.last().end())
                .insert(tokens.last().end(), ")")
                .build();
        var query = reading.queries().plan(draft, reading.context(), OptionalInt.empty());
        if (query.scans().size() != 1 || query.scans().getFirst().filter().isEmpty()) {
            throw tokens.draft()
                    .failure(
                            Code.INVALID_STATEMENT,
                            "The condition chooses no files: compare columns of the table with constants",
                            begin);
        }
        return query;
    }

    private Upkeep.Layout layout(TableRef table, Schema schema) {
        if (tokens.accept("ZORDER")) {
            tokens.expect("BY");
            return zOrder(table, schema);
        }
        if (tokens.accept("SORT")) {
            tokens.expect("BY");
            return new Upkeep.Sorted(keys(table, schema));
        }
        return new Upkeep.Kept();
    }

    private Upkeep.Layout zOrder(TableRef table, Schema schema) {
        var columns = new ArrayList<String>();
        var start = tokens.expectSymbol('(').start();
        do {
            columns.add(reading.column(schema, table, columns));
        } while (tokens.acceptSymbol(','));
        tokens.expectSymbol(')');
        if (columns.size() < 2 || columns.size() > MAX_ZORDER_COLUMNS) {
            throw tokens.draft()
                    .failure(
                            Code.INVALID_STATEMENT,
                            "ZORDER BY takes 2 to " + MAX_ZORDER_COLUMNS + " columns, and got " + columns.size()
                                    + ": SORT BY takes one",
                            start);
        }
        return new Upkeep.ZOrdered(columns);
    }

    private List<Upkeep.SortKey> keys(TableRef table, Schema schema) {
        var columns = new ArrayList<String>();
        var keys = new ArrayList<Upkeep.SortKey>();
        tokens.expectSymbol('(');
        do {
            columns.add(reading.column(schema, table, columns));
            keys.add(new Upkeep.SortKey(columns.getLast(), descends()));
        } while (tokens.acceptSymbol(','));
        tokens.expectSymbol(')');
        return keys;
    }

    private boolean descends() {
        return !tokens.accept("ASC") && tokens.accept("DESC");
    }

    private Upkeep expireSnapshots() {
        tokens.accept("FROM");
        var table = target();
        var olderThan = olderThan();
        var retainLast = tokens.accept("RETAIN", "LAST")
                ? OptionalInt.of(tokens.number("number of snapshots", 1))
                : OptionalInt.empty();
        tokens.accept("SNAPSHOTS");
        return new Upkeep.ExpireSnapshots(table, olderThan, retainLast);
    }

    private Upkeep.CutOff cutOff() {
        var olderThan = olderThan();
        return new Upkeep.CutOff(olderThan, olderThan.isPresent() && tokens.accept("FORCE"));
    }

    private Optional<Instant> olderThan() {
        if (!tokens.accept("OLDER", "THAN")) {
            return Optional.empty();
        }
        if (tokens.at("TIMESTAMP") || tokens.at("TIMESTAMPTZ") || tokens.at("DATE")) {
            return Optional.of(TimeTravel.instant(tokens));
        }
        tokens.accept("INTERVAL");
        var place = tokens.peek().start();
        var text = tokens.string("TIMESTAMP, or an age").strip().toLowerCase(Locale.ROOT);
        var age = AGE.matcher(text);
        if (!age.matches()) {
            throw tokens.draft()
                    .failure(
                            Code.INVALID_VALUE,
                            "Invalid age '" + text + "': expected one such as '90 minutes', '12 hours' or '7 days'",
                            place);
        }
        try {
            return Optional.of(reading.context().now().minus(age(Integer.parseInt(age.group(1)), age.group(2))));
        } catch (DateTimeException e) {
            throw tokens.draft().failure(Code.INVALID_VALUE, "The age '" + text + "' is too long", place);
        }
    }

    private static Duration age(int count, String unit) {
        return switch (unit) {
            case "minute" -> Duration.ofMinutes(count);
            case "hour" -> Duration.ofHours(count);
            case "day" -> Duration.ofDays(count);
            default -> Duration.ofDays(7L * count);
        };
    }
}
