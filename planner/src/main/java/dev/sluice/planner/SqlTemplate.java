package dev.sluice.planner;

import dev.sluice.core.Failure.Position;
import dev.sluice.core.QualifiedName;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.function.ToLongFunction;

/**
 * The user's own text for DuckDB, with holes where tables and functions stood.
 *
 * @param source the text that the client sent, to which positions refer
 */
public record SqlTemplate(String source, List<Part> parts) {
    public SqlTemplate {
        parts = List.copyOf(parts);
    }

    /** A piece of the text to run. */
    public sealed interface Part {}

    /** Characters of {@code source} from {@code start}, with spaces where comments and refs of tables stood. */
    public record Verbatim(int start, String text) implements Part {}

    /** Text of ours, which stands for what the client wrote at {@code start}. */
    public record Inserted(int start, String text) implements Part {}

    /** Text of a view's query, which stands for the view's name at {@code start}. */
    public record Expanded(int start, String text, QualifiedName view) implements Part {}

    /** The {@code index}th scan: a table expression, to which the parts around it give an alias. */
    public record ScanHole(int start, int index) implements Part {}

    /** The name of a user's function. */
    public record FunctionHole(int start, QualifiedName function) implements Part {}

    /**
     * A {@code count(*)} over all rows of the {@code scan}th scan, and over nothing else.
     *
     * @param text as the client wrote it
     * @param unnamed whether it is a column of a result that DuckDB names after it
     */
    public record CountHole(int start, int scan, String text, boolean unnamed) implements Part {
        /** The same column, where the count is known. */
        private String known(long rows) {
            return "max(CAST(" + rows + " AS BIGINT))" + (unnamed ? " AS \"count_star()\"" : "");
        }
    }

    /** The number that stands for a query whose rows a function takes. */
    public record InputHole(int start, Statement.Query query) implements Part {}

    /** Text that can run, and the way back from its characters to the client's. */
    public record Rendered(String sql, String source, List<Piece> pieces) {
        /** Where the client wrote what stands at {@code offset}, from 0, in {@link #sql}. */
        public Optional<Position> locate(int offset) {
            return piece(offset)
                    .map(piece -> Position.of(source, piece.start() + (piece.verbatim() ? offset - piece.at() : 0)));
        }

        /** The view whose text stands at {@code offset}; empty for the client's own. */
        public Optional<QualifiedName> view(int offset) {
            return piece(offset).flatMap(Piece::view);
        }

        private Optional<Piece> piece(int offset) {
            return pieces.stream()
                    .filter(piece -> offset >= piece.at() && offset < piece.at() + Math.max(1, piece.length()))
                    .findFirst();
        }
    }

    /** Whether the text holds that of a view. */
    boolean hasViews() {
        return parts.stream().anyMatch(Expanded.class::isInstance);
    }

    record Piece(int at, int length, int start, boolean verbatim, Optional<QualifiedName> view) {
        Piece(int at, int length, int start, boolean verbatim) {
            this(at, length, start, verbatim, Optional.empty());
        }
    }

    /** Fills the holes of scans and functions. */
    public Rendered render(IntFunction<String> scans, Function<QualifiedName, String> functions) {
        return render(scans, functions, _ -> OptionalLong.empty(), _ -> 0);
    }

    /**
     * Fills the holes.
     *
     * @param counts how many rows a scan's table has, where the scan was put in two rows
     * @param inputs the number of a query whose rows a function takes
     */
    public Rendered render(
            IntFunction<String> scans,
            Function<QualifiedName, String> functions,
            IntFunction<OptionalLong> counts,
            ToLongFunction<Statement.Query> inputs) {
        var sql = new StringBuilder();
        var pieces = new ArrayList<Piece>();
        for (var part : parts) {
            var at = sql.length();
            switch (part) {
                case Verbatim(int start, String text) -> {
                    sql.append(text);
                    pieces.add(new Piece(at, text.length(), start, true));
                }
                case Inserted(int start, String text) -> {
                    sql.append(text);
                    pieces.add(new Piece(at, text.length(), start, false));
                }
                case Expanded(int start, String text, QualifiedName view) -> {
                    sql.append(text);
                    pieces.add(new Piece(at, text.length(), start, false, Optional.of(view)));
                }
                case ScanHole(int start, int index) -> {
                    sql.append(scans.apply(index));
                    pieces.add(new Piece(at, sql.length() - at, start, false));
                }
                case FunctionHole(int start, QualifiedName function) -> {
                    sql.append(functions.apply(function));
                    pieces.add(new Piece(at, sql.length() - at, start, false));
                }
                case InputHole(int start, Statement.Query query) -> {
                    sql.append(inputs.applyAsLong(query));
                    pieces.add(new Piece(at, sql.length() - at, start, false));
                }
                case CountHole hole -> {
                    var rows = counts.apply(hole.scan());
                    sql.append(rows.isPresent() ? hole.known(rows.getAsLong()) : hole.text());
                    pieces.add(new Piece(at, sql.length() - at, hole.start(), rows.isEmpty()));
                }
            }
        }
        return new Rendered(sql.toString(), source, List.copyOf(pieces));
    }
}
