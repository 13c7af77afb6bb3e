package dev.sluice.planner;

import dev.sluice.core.Code;
import dev.sluice.core.PartitionField;
import dev.sluice.core.PartitionField.Transform;
import dev.sluice.planner.Statement.Existing;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
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
        var columns = tokens.atSymbol('(') ? columns() : List.<Field>of();
        var partitioning = List.<PartitionField>of();
        var properties = Map.<String, String>of();
        while (true) {
            if (tokens.accept("PARTITIONED", "BY")) {
                partitioning = partitioning(columns);
            } else if (tokens.accept("TBLPROPERTIES") || tokens.accept("WITH")) {
                properties = properties();
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
        return new Statement.CreateTable(table, existing, new Schema(columns), partitioning, properties, rows);
    }

    private Statement.Query rows() {
        var queries = new QueryReader(reading);
        if (!queries.isNext()) {
            throw tokens.expected("a query");
        }
        return queries.read();
    }

    private List<Field> columns() {
        var columns = new ArrayList<Field>();
        tokens.expectSymbol('(');
        do {
            var token = tokens.peek();
            for (var constraint : List.of("PRIMARY", "FOREIGN", "UNIQUE", "CHECK", "CONSTRAINT")) {
                if (tokens.at(constraint, "KEY")
                        || (tokens.at(constraint) && tokens.peek(1).isSymbol('('))) {
                    throw tokens.draft().failure(Code.UNSUPPORTED, "Constraints are not supported", token.start());
                }
            }
            var name = tokens.name("the name of a column");
            if (columns.stream().anyMatch(column -> column.getName().equalsIgnoreCase(name))) {
                throw tokens.draft()
                        .failure(Code.AMBIGUOUS_NAME, "Column '" + name + "' is named twice", token.start());
            }
            columns.add(new TypeReader(tokens).column(name));
            refuseConstraint();
        } while (tokens.acceptSymbol(','));
        tokens.expectSymbol(')');
        return List.copyOf(columns);
    }

    private void refuseConstraint() {
        for (var word : List.of("PRIMARY", "UNIQUE", "CHECK", "REFERENCES", "DEFAULT", "GENERATED", "COLLATE")) {
            if (tokens.at(word)) {
                var message = word + " is not supported in the definition of a column";
                throw tokens.draft()
                        .failure(Code.UNSUPPORTED, message, tokens.peek().start());
            }
        }
    }

    private List<PartitionField> partitioning(List<Field> columns) {
        var fields = new ArrayList<PartitionField>();
        tokens.expectSymbol('(');
        do {
            fields.add(partitionField(columns));
        } while (tokens.acceptSymbol(','));
        tokens.expectSymbol(')');
        return List.copyOf(fields);
    }

    private PartitionField partitionField(List<Field> columns) {
        if (!tokens.peek(1).isSymbol('(')) {
            return new PartitionField(partitionColumn(columns), new PartitionField.Identity());
        }
        var function = tokens.peek();
        var name = tokens.name("a transform").toLowerCase(Locale.ROOT);
        tokens.expectSymbol('(');
        var field = switch (name) {
            case "year", "years" -> new PartitionField(partitionColumn(columns), new PartitionField.Year());
            case "month", "months" -> new PartitionField(partitionColumn(columns), new PartitionField.Month());
            case "day", "days", "date" -> new PartitionField(partitionColumn(columns), new PartitionField.Day());
            case "hour", "hours" -> new PartitionField(partitionColumn(columns), new PartitionField.Hour());
            case "bucket", "truncate" -> sized(name, columns);
            default ->
                throw tokens.draft()
                        .failure(
                                Code.UNSUPPORTED,
                                "Unknown partition transform '" + name
                                        + "': expected year, month, day, hour, bucket or truncate",
                                function.start());
        };
        tokens.expectSymbol(')');
        return field;
    }

    /** A transform with a number, which may come before or after the column. */
    private PartitionField sized(String name, List<Field> columns) {
        var what = name.equals("bucket") ? "number of buckets" : "width";
        if (tokens.peek().kind() == Token.Kind.NUMBER) {
            var size = tokens.number(what, 1);
            tokens.expectSymbol(',');
            return new PartitionField(partitionColumn(columns), transform(name, size));
        }
        var column = partitionColumn(columns);
        tokens.expectSymbol(',');
        return new PartitionField(column, transform(name, tokens.number(what, 1)));
    }

    private static Transform transform(String name, int size) {
        return name.equals("bucket") ? new PartitionField.Bucket(size) : new PartitionField.Truncate(size);
    }

    /** In the case of its definition, where the statement has one. */
    private String partitionColumn(List<Field> columns) {
        var token = tokens.peek();
        var name = tokens.name("the name of a column");
        if (columns.isEmpty()) {
            return name;
        }
        return columns.stream()
                .map(Field::getName)
                .filter(name::equalsIgnoreCase)
                .findFirst()
                .orElseThrow(() -> tokens.draft()
                        .notFound(
                                Code.COLUMN_NOT_FOUND,
                                "Column '" + name + "' does not exist, so the table cannot be partitioned by it",
                                token.start()));
    }

    private Map<String, String> properties() {
        var properties = new LinkedHashMap<String, String>();
        tokens.expectSymbol('(');
        do {
            var key = propertyKey();
            tokens.expectSymbol('=');
            properties.put(key, propertyValue());
        } while (tokens.acceptSymbol(','));
        tokens.expectSymbol(')');
        return properties;
    }

    private String propertyKey() {
        if (tokens.peek().isString()) {
            return tokens.string("a property");
        }
        var key = new StringBuilder(tokens.name("a property"));
        while (tokens.acceptSymbol('.')) {
            key.append('.').append(tokens.name("a property"));
        }
        return key.toString();
    }

    private String propertyValue() {
        var token = tokens.peek();
        return token.kind() == Token.Kind.NUMBER || token.kind() == Token.Kind.WORD
                ? tokens.take().value()
                : tokens.string("a value");
    }
}
