package dev.sluice.planner;

import dev.sluice.planner.Statement.Listing;
import java.util.Arrays;
import java.util.Optional;

/** Reads SHOW and DESCRIBE. */
final class ShowReader {
    private final Reading reading;
    private final Tokens tokens;

    ShowReader(Reading reading) {
        this.reading = reading;
        this.tokens = reading.tokens();
    }

    Statement show() {
        var word = tokens.peek();
        var listing = Arrays.stream(Listing.values())
                .filter(candidate -> word.is(candidate.name()))
                .findFirst()
                .orElseThrow(() -> tokens.expected("TABLES, SCHEMAS, BRANCHES, TAGS or FUNCTIONS"));
        tokens.take();
        var hasSchema = listing == Listing.TABLES || listing == Listing.FUNCTIONS;
        var schema = hasSchema && (tokens.accept("IN") || tokens.accept("FROM"))
                ? Optional.of(reading.schemaName())
                : Optional.<String>empty();
        var like = tokens.accept("LIKE") ? Optional.of(tokens.string("a pattern")) : Optional.<String>empty();
        return new Statement.Show(listing, schema, like);
    }

    Statement describe() {
        if (tokens.accept("FUNCTION")) {
            return new Statement.DescribeFunction(reading.qualifiedName("the name of a function"));
        }
        tokens.accept("TABLE");
        return new Statement.Describe(reading.table());
    }
}
