package dev.sluice.planner;

import dev.sluice.core.Failure.Position;
import dev.sluice.core.QualifiedName;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.IntFunction;

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

    /** Fills the holes. */
    public Rendered render(IntFunction<String> scans, Function<QualifiedName, String> functions) {
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
            }
        }
        return new Rendered(sql.toString(), source, List.copyOf(pieces));
    }
}
