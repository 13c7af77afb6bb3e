package dev.sluice.planner;

import static java.util.stream.Collectors.joining;

import dev.sluice.core.Code;
import dev.sluice.core.FieldIds;
import dev.sluice.core.QualifiedName;
import dev.sluice.core.RowColumn;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.apache.arrow.vector.types.pojo.Schema;

/**
 * The columns that every table has and {@code *} does not show. A scan gives those that the query names anywhere; since
 * they are columns to DuckDB like all others, each {@code *} over such a scan leaves them out again. Confined to one
 * thread, for one query.
 */
final class RowColumns {
    private final Draft draft;
    private final List<Token> tokens;
    private final List<TableResolver.Resolved> tables;
    private final Set<RowColumn> named;

    RowColumns(Draft draft, List<Token> tokens, List<TableResolver.Resolved> tables) {
        this.draft = draft;
        this.tokens = tokens;
        this.tables = tables;
        this.named = named();
    }

    private Set<RowColumn> named() {
        var found = new TreeSet<RowColumn>();
        for (var i = 0; i < tokens.size(); i++) {
            if (tokens.get(i).isName() && !(i > 0 && tokens.get(i - 1).is("AS"))) {
                RowColumn.find(tokens.get(i).value()).ifPresent(found::add);
            }
        }
        return found;
    }

    /** What a scan of the table must tell of its rows. */
    Set<RowColumn> of(TableResolver.Resolved table) {
        if (!(table.meaning() instanceof TableResolver.Meaning.Table(Schema schema))) {
            return Set.of();
        }
        var columns = schema.getFields();
        if (named.isEmpty()
                || columns.stream().anyMatch(column -> FieldIds.find(column).isEmpty())) {
            return Set.of();
        }
        var wanted = new TreeSet<>(named);
        wanted.retainAll(RowColumn.of(columns));
        return wanted;
    }

    /** Text to put behind the character at {@code at}. */
    record Exclusion(int at, String text) {}

    List<Exclusion> exclusions() {
        var exclusions = new ArrayList<Exclusion>();
        for (var i = 0; i < tokens.size(); i++) {
            if (tokens.get(i).is("SELECT")) {
                exclude(i, exclusions);
            }
        }
        return exclusions;
    }

    private void exclude(int select, List<Exclusion> exclusions) {
        var scans = tables.stream()
                .filter(table -> !of(table).isEmpty() && selectOf(table) == select)
                .toList();
        if (scans.isEmpty()) {
            return;
        }
        var depth = 0;
        for (var i = select + 1; i < tokens.size(); i++) {
            var token = tokens.get(i);
            if (token.kind() == Token.Kind.END || (depth == 0 && (token.is("FROM") || isClosing(token)))) {
                return;
            }
            if (depth == 0 && isStar(select, i)) {
                var star = i;
                var shown = scans.stream().filter(table -> shows(star, table)).toList();
                exclude(i, shown, exclusions);
            }
            depth += isOpening(token) ? 1 : isClosing(token) ? -1 : 0;
        }
    }

    private void exclude(int star, List<TableResolver.Resolved> scans, List<Exclusion> exclusions) {
        if (scans.isEmpty()) {
            return;
        }
        var next = tokens.get(star + 1);
        if (List.of("EXCLUDE", "EXCEPT", "REPLACE", "RENAME", "LIKE", "NOT", "ILIKE", "SIMILAR").stream()
                .anyMatch(next::is)) {
            var columns = of(scans.getFirst()).stream().map(RowColumn::sqlName).collect(joining(", "));
            throw draft.failure(
                    Code.UNSUPPORTED,
                    "* with " + next.value() + " cannot stand beside " + columns + ": name the columns",
                    next.start());
        }
        var columns = scans.stream()
                .flatMap(table -> of(table).stream()
                        .map(column -> QualifiedName.quote(alias(table)) + "." + QualifiedName.quote(column.sqlName())))
                .collect(joining(", ", " EXCLUDE (", ")"));
        exclusions.add(new Exclusion(tokens.get(star).end(), columns));
    }

    /** Whether the sign is a list of columns, and no product. */
    private boolean isStar(int select, int index) {
        if (!tokens.get(index).isSymbol('*')) {
            return false;
        }
        var before = tokens.get(index - 1);
        return index - 1 == select
                || before.isSymbol(',')
                || before.isSymbol('.')
                || (index - 2 == select && (before.is("DISTINCT") || before.is("ALL")));
    }

    /** Whether {@code *} or {@code name.*} shows the table's columns. */
    private boolean shows(int star, TableResolver.Resolved table) {
        return !tokens.get(star - 1).isSymbol('.')
                || alias(table).equalsIgnoreCase(tokens.get(star - 2).value());
    }

    /** The SELECT in whose FROM the table stands, past parentheses around joins; -1 where there is none before it. */
    private int selectOf(TableResolver.Resolved table) {
        var depth = 0;
        for (var i = Splicer.indexAt(tokens, table.mention().start()) - 1; i >= 0; i--) {
            if (isClosing(tokens.get(i))) {
                depth++;
            } else if (isOpening(tokens.get(i))) {
                depth = Math.max(0, depth - 1);
            } else if (depth == 0 && tokens.get(i).is("SELECT")) {
                return i;
            }
        }
        return -1;
    }

    /** What the query calls the table. */
    private String alias(TableResolver.Resolved table) {
        var path = table.mention().path();
        if (!table.mention().aliased()) {
            return path.getLast();
        }
        var after = Splicer.indexAt(tokens, table.mention().start()) + 2 * path.size() - 1;
        return tokens.get(tokens.get(after).is("AS") ? after + 1 : after).value();
    }

    private static boolean isOpening(Token token) {
        return token.isSymbol('(') || token.isSymbol('[') || token.isSymbol('{');
    }

    private static boolean isClosing(Token token) {
        return token.isSymbol(')') || token.isSymbol(']') || token.isSymbol('}');
    }
}
