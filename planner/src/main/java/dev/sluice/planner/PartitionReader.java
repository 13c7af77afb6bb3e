package dev.sluice.planner;

import dev.sluice.core.Code;
import dev.sluice.core.PartitionField;
import dev.sluice.core.PartitionField.Transform;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.arrow.vector.types.pojo.Field;

/** Reads what a table is partitioned by. */
final class PartitionReader {
    private final Tokens tokens;
    private final List<Field> columns;

    /** @param columns among which partition columns must be; none where only the catalog knows them */
    PartitionReader(Tokens tokens, List<Field> columns) {
        this.tokens = tokens;
        this.columns = columns;
    }

    /** Fields in brackets; there may be none. */
    List<PartitionField> fields() {
        var fields = new ArrayList<PartitionField>();
        tokens.expectSymbol('(');
        if (tokens.acceptSymbol(')')) {
            return List.of();
        }
        do {
            fields.add(field());
        } while (tokens.acceptSymbol(','));
        tokens.expectSymbol(')');
        return List.copyOf(fields);
    }

    /** A column, or a transform of one. */
    PartitionField field() {
        if (!tokens.peek(1).isSymbol('(')) {
            return new PartitionField(column(), new PartitionField.Identity());
        }
        var function = tokens.peek();
        var name = tokens.name("a transform").toLowerCase(Locale.ROOT);
        tokens.expectSymbol('(');
        var field = switch (name) {
            case "year", "years" -> new PartitionField(column(), new PartitionField.Year());
            case "month", "months" -> new PartitionField(column(), new PartitionField.Month());
            case "day", "days", "date" -> new PartitionField(column(), new PartitionField.Day());
            case "hour", "hours" -> new PartitionField(column(), new PartitionField.Hour());
            case "bucket", "truncate" -> sized(name);
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
    private PartitionField sized(String name) {
        var what = name.equals("bucket") ? "number of buckets" : "width";
        if (tokens.peek().kind() == Token.Kind.NUMBER) {
            var size = tokens.number(what, 1);
            tokens.expectSymbol(',');
            return new PartitionField(column(), transform(name, size));
        }
        var column = column();
        tokens.expectSymbol(',');
        return new PartitionField(column, transform(name, tokens.number(what, 1)));
    }

    private static Transform transform(String name, int size) {
        return name.equals("bucket") ? new PartitionField.Bucket(size) : new PartitionField.Truncate(size);
    }

    /** In the case of its definition, where that is known. */
    private String column() {
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
}
