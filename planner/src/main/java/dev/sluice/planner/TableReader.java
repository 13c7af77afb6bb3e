package dev.sluice.planner;

import dev.sluice.core.Code;
import dev.sluice.core.PartitionField;
import dev.sluice.core.SortKey;
import dev.sluice.planner.Statement.Existing;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.Schema;

/** Reads CREATE TABLE, with or without a query. */
final class TableReader {
    private final Reading reading;
    private final Tokens tokens;

    TableReader(Reading reading) {
        this.reading = reading;
        this.tokens = reading.tokens();
    }

    Statement create(Existing existing) {
        var table = reading.target();
        var columns = tokens.atSymbol('(') ? new ColumnReader(tokens).columns() : List.<Field>of();
        var partitioning = List.<PartitionField>of();
        var order = List.<SortKey>of();
        var properties = new LinkedHashMap<String, String>();
        while (true) {
            if (tokens.accept("PARTITIONED", "BY")) {
                partitioning = new PartitionReader(tokens, columns).fields();
            } else if (tokens.accept("SORTED", "BY")) {
                order = new SortReader(tokens, columns).keys(() -> true);
            } else if (tokens.accept("TBLPROPERTIES") || tokens.accept("WITH")) {
                properties.putAll(new PropertyReader(tokens).properties());
            } else if (tokens.accept("COMMENT")) {
                properties.put("comment", tokens.string("a comment"));
            } else {
                break;
            }
        }
        var rows = tokens.accept("AS") ? Optional.of(rows()) : Optional.<Statement.Query>empty();
        if (rows.isPresent() && !columns.isEmpty()) {
            var message = "CREATE TABLE AS takes its columns from the query: leave out the list of columns";
            throw tokens.draft().failure(Code.INVALID_STATEMENT, message, 0);
        }
        if (rows.isEmpty() && columns.isEmpty()) {
            throw tokens.expected("a list of columns or AS");
        }
        return new Statement.CreateTable(
                table, existing, new Schema(columns), partitioning, order, Map.copyOf(properties), rows);
    }

    private Statement.Query rows() {
        var queries = new QueryReader(reading);
        if (!queries.isNext()) {
            throw tokens.expected("a query");
        }
        return queries.read();
    }
}
