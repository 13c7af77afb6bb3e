package dev.sluice.planner;

import dev.sluice.core.QualifiedName;
import dev.sluice.core.Ref;
import dev.sluice.planner.Statement.Listing;
import java.util.Arrays;
import java.util.Optional;

/** Reads SHOW and DESCRIBE. */
final class ShowReader {
    private static final int DEFAULT_LOG = 100;
    private static final int MAX_LOG = 10_000;

    private final Reading reading;
    private final Tokens tokens;

    ShowReader(Reading reading) {
        this.reading = reading;
        this.tokens = reading.tokens();
    }

    Statement show() {
        if (tokens.accept("LOG")) {
            return log();
        }
        if (tokens.accept("DIFF")) {
            return diff();
        }
        if (tokens.accept("LOADS")) {
            tokens.expect("FROM");
            return new Statement.ShowLoads(reading.table());
        }
        if (tokens.accept("CREATE", "TABLE") || tokens.accept("CREATE", "VIEW")) {
            return new Statement.ShowCreate(reading.table());
        }
        if (tokens.accept("TBLPROPERTIES")) {
            return new Statement.ShowProperties(reading.table());
        }
        var word = tokens.peek();
        var listing = Arrays.stream(Listing.values())
                .filter(candidate -> word.is(candidate.name()))
                .findFirst()
                .orElseThrow(() -> tokens.expected(
                        "TABLES, VIEWS, SCHEMAS, BRANCHES, TAGS, FUNCTIONS, LOADS, QUERIES, LOG, DIFF, CREATE or"
                                + " TBLPROPERTIES"));
        tokens.take();
        var hasSchema = listing == Listing.TABLES || listing == Listing.VIEWS || listing == Listing.FUNCTIONS;
        var schema = hasSchema && (tokens.accept("IN") || tokens.accept("FROM"))
                ? Optional.of(reading.schemaName())
                : Optional.<String>empty();
        var like = tokens.accept("LIKE") ? Optional.of(tokens.string("a pattern")) : Optional.<String>empty();
        return new Statement.Show(listing, schema, like);
    }

    private Statement log() {
        var ref = tokens.atEnd() || tokens.at("FOR", "TABLE") || tokens.at("LIMIT")
                ? Optional.<Ref>empty()
                : Optional.of(RefReader.anyRef(tokens));
        var table = table();
        var limit = tokens.accept("LIMIT") ? tokens.number("limit", 1) : DEFAULT_LOG;
        return new Statement.ShowLog(ref, table, Math.min(limit, MAX_LOG));
    }

    private Statement diff() {
        var from = RefReader.anyRef(tokens);
        tokens.expectSymbol(',');
        return new Statement.ShowDiff(from, RefReader.anyRef(tokens), table());
    }

    private Optional<QualifiedName> table() {
        return tokens.accept("FOR", "TABLE")
                ? Optional.of(reading.qualifiedName("the name of a table"))
                : Optional.empty();
    }

    Statement describe() {
        if (tokens.accept("FUNCTION")) {
            return new Statement.DescribeFunction(reading.qualifiedName("the name of a function"));
        }
        tokens.accept("TABLE");
        if (tokens.accept("EXTENDED") || tokens.accept("FORMATTED")) {
            return new Statement.DescribeExtended(reading.table());
        }
        return new Statement.Describe(reading.table());
    }
}
