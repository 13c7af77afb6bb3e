package dev.sluice.planner;

import org.apache.arrow.vector.types.pojo.Schema;

/**
 * A table whose rows a statement changes.
 *
 * @param span where the statement names it
 */
record Target(TableRef table, Schema schema, Span span) {
    static Target read(Reading reading) {
        var start = reading.tokens().peek().start();
        var table = reading.target();
        var span = new Span(start, reading.tokens().last().end());
        return new Target(table, reading.schema(table), span);
    }
}
