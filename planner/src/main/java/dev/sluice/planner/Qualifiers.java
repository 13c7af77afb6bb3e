package dev.sluice.planner;

import dev.sluice.core.QualifiedName;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The schemas in {@code s.t.c}, {@code s.t.*} and {@code sluice.s.t.c}, which must go, since the scan that stands for
 * {@code s.t} is called t. Confined to one thread, for one query.
 */
final class Qualifiers {
    private final List<Token> tokens;
    private final Set<QualifiedName> tables;
    private final Set<Integer> mentions;

    Qualifiers(List<Token> tokens, List<TableResolver.Resolved> tables) {
        this.tokens = tokens;
        this.tables = tables.stream()
                .filter(this::keepsName)
                .map(table -> table.table().name().folded())
                .collect(Collectors.toSet());
        this.mentions = tables.stream().map(table -> table.mention().start()).collect(Collectors.toSet());
    }

    /** Characters to leave out. */
    record Part(int from, int to) {}

    List<Part> find() {
        var parts = new ArrayList<Part>();
        for (var i = 0; i < tokens.size(); i++) {
            var begins = tokens.get(i).isName() && !(i > 0 && tokens.get(i - 1).isSymbol('.'));
            if (begins && !mentions.contains(tokens.get(i).start())) {
                var table = table(i);
                if (table > i) {
                    parts.add(new Part(tokens.get(i).start(), tokens.get(table).start()));
                }
            }
        }
        return parts;
    }

    /** The index of the table's name in the path that begins at {@code index}; 0 where it has none. */
    private int table(int index) {
        if (isTable(index)) {
            return index + 2;
        }
        return tokens.get(index).value().equalsIgnoreCase(TableResolver.CATALOG)
                        && isDot(index + 1)
                        && isTable(index + 2)
                ? index + 4
                : 0;
    }

    private boolean isTable(int schema) {
        return isDot(schema + 1)
                && isDot(schema + 3)
                && isNotEmpty(schema)
                && isNotEmpty(schema + 2)
                && tables.contains(new QualifiedName(
                                tokens.get(schema).value(),
                                tokens.get(schema + 2).value())
                        .folded());
    }

    private boolean isDot(int index) {
        return index < tokens.size() && tokens.get(index).isSymbol('.');
    }

    private boolean isNotEmpty(int index) {
        return tokens.get(index).isName() && !tokens.get(index).value().isEmpty();
    }

    /** Whether the rest of the query knows the table by its own name. */
    private boolean keepsName(TableResolver.Resolved table) {
        if (!table.mention().aliased()) {
            return true;
        }
        var after = Splicer.indexAt(tokens, table.mention().start())
                + 2 * table.mention().path().size()
                - 1;
        var alias = tokens.get(tokens.get(after).is("AS") ? after + 1 : after);
        return alias.value().equalsIgnoreCase(table.mention().path().getLast());
    }
}
