package dev.sluice.planner;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.Schema;

/** Tells which scans of a query can do with a summary of their tables. */
final class Summaries {
    private static final int TOKENS_OF_COUNT = 4;

    private Summaries() {}

    /** What is wanted of a table, and where its {@code count(*)}s stand. */
    record Found(Scan.Summary summary, List<Count> counts) {}

    /** A {@code count(*)} from its first character to the one after its last. */
    record Count(int from, int to, boolean unnamed) {}

    /** Empty where a name is not surely that of a plain column of the table. */
    static Optional<Found> of(
            TableResolver.Resolved table, Schema schema, List<Mentions.Summary> summaries, List<Token> tokens) {
        return summaries.stream()
                .filter(summary -> summary.table() == table.mention().start() && !table.target())
                .findFirst()
                .flatMap(summary -> found(summary, schema, tokens));
    }

    private static Optional<Found> found(Mentions.Summary summary, Schema schema, List<Token> tokens) {
        var columns = new HashSet<String>();
        for (var path : summary.columns()) {
            var column = column(path, summary.alias(), schema);
            if (column.isEmpty()) {
                return Optional.empty();
            }
            columns.add(column.get().getName());
        }
        var counts = new ArrayList<Count>();
        for (var count : summary.counts()) {
            var first = Splicer.indexAt(tokens, count.start());
            if (first < 0 || !isCount(tokens, first)) {
                return Optional.empty();
            }
            counts.add(new Count(
                    count.start(), tokens.get(first + TOKENS_OF_COUNT - 1).end(), count.unnamed()));
        }
        return Optional.of(new Found(new Scan.Summary(columns), List.copyOf(counts)));
    }

    private static boolean isCount(List<Token> tokens, int first) {
        return first + TOKENS_OF_COUNT <= tokens.size()
                && tokens.get(first).is("COUNT")
                && tokens.get(first + 1).isSymbol('(')
                && tokens.get(first + 2).isSymbol('*')
                && tokens.get(first + 3).isSymbol(')');
    }

    private static Optional<Field> column(List<String> path, String alias, Schema schema) {
        return switch (path.size()) {
            case 1 -> field(path.getFirst(), schema);
            case 2 ->
                path.getFirst().equalsIgnoreCase(alias) && field(alias, schema).isEmpty()
                        ? field(path.getLast(), schema)
                        : Optional.empty();
            default -> Optional.empty();
        };
    }

    private static Optional<Field> field(String name, Schema schema) {
        return schema.getFields().stream()
                .filter(field -> field.getName().equalsIgnoreCase(name))
                .findFirst();
    }
}
