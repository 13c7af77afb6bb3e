package dev.sluice.server.query;

import static java.util.stream.Collectors.joining;

import dev.sluice.core.Code;
import dev.sluice.core.Failure;
import dev.sluice.core.FieldDefaults;
import dev.sluice.core.QualifiedName;
import dev.sluice.planner.SqlTemplate;
import dev.sluice.planner.SqlTemplate.Inserted;
import dev.sluice.planner.SqlTemplate.Part;
import dev.sluice.planner.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.Schema;
import org.jspecify.annotations.Nullable;

/** The rows of an INSERT as its table wants them: all columns in order, many rows of parameters as one query. */
final class InsertColumns {
    /**
     * Parameter rows of one query: enough that a batch of a client is few files, few enough that DuckDB plans it fast.
     */
    private static final int BATCH_ROWS = 512;

    /** A query for some rows of parameters, and their values one after another. */
    record Batch(Statement.Query query, List<@Nullable Object> parameters) {}

    private InsertColumns() {}

    /** Fails unless the rows have a value for each column that the statement names. */
    static void requireCount(Statement.Insert insert, Schema rows) {
        var named = insert.columns().size();
        var given = rows.getFields().size();
        if (named != given) {
            throw new Failure.Invalid(
                            Code.INVALID_STATEMENT,
                            "INSERT INTO " + insert.table().name() + " is for " + named + " columns, but its rows have "
                                    + given + " values",
                            Optional.of(insert.table().position()))
                    .exception();
        }
    }

    /** The statement's query, with its default, or else NULL, for each column that it does not name. */
    static Statement.Query inTableOrder(Statement.Insert insert, Schema table) {
        for (var field : table.getFields()) {
            if (!field.isNullable()
                    && FieldDefaults.write(field).isEmpty()
                    && !insert.columns().contains(field.getName())) {
                throw new Failure.Invalid(
                                Code.NULL_NOT_ALLOWED,
                                "Column " + QualifiedName.quote(field.getName()) + " of table "
                                        + insert.table().name() + " is NOT NULL and gets no value",
                                Optional.of(insert.table().position()))
                        .exception();
            }
        }
        var columns =
                table.getFields().stream().map(f -> value(f, insert.columns())).collect(joining(", "));
        var aliases = IntStream.range(0, insert.columns().size())
                .mapToObj(InsertColumns::alias)
                .collect(joining(", "));
        return wrapped(insert.rows(), "SELECT " + columns + " FROM (", ") AS rows_(" + aliases + ")");
    }

    private static String value(Field field, List<String> columns) {
        var index = columns.indexOf(field.getName());
        var missing = FieldDefaults.write(field).map(QualifiedName::literal).orElse("NULL");
        return (index < 0 ? missing : alias(index)) + " AS " + QualifiedName.quote(field.getName());
    }

    private static String alias(int index) {
        return "c" + index + "_";
    }

    private static Statement.Query wrapped(Statement.Query query, String before, String after) {
        var parts = new ArrayList<Part>();
        parts.add(new Inserted(0, before));
        parts.addAll(query.sql().parts());
        parts.add(new Inserted(0, after));
        return with(query, parts, query.parameters());
    }

    private static Statement.Query with(Statement.Query query, List<Part> parts, int parameters) {
        return new Statement.Query(
                new SqlTemplate(query.sql().source(), parts), query.scans(), query.functions(), parameters);
    }

    /** One query for every few rows of parameters. */
    static List<Batch> batches(Statement.Query query, List<List<@Nullable Object>> rows) {
        var batches = new ArrayList<Batch>();
        for (var from = 0; from < rows.size(); from += BATCH_ROWS) {
            var some = rows.subList(from, Math.min(rows.size(), from + BATCH_ROWS));
            var parameters = new ArrayList<@Nullable Object>();
            some.forEach(parameters::addAll);
            batches.add(new Batch(repeated(query, some.size()), parameters));
        }
        return batches;
    }

    private static Statement.Query repeated(Statement.Query query, int times) {
        var parts = new ArrayList<Part>();
        for (var i = 0; i < times; i++) {
            if (i > 0) {
                parts.add(new Inserted(0, " UNION ALL "));
            }
            parts.addAll(query.sql().parts());
        }
        return with(query, parts, times * query.parameters());
    }
}
