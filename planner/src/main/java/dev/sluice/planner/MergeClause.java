package dev.sluice.planner;

import dev.sluice.core.QualifiedName;
import dev.sluice.planner.Statement.Merge.Action;
import java.util.Map;
import java.util.Optional;

/**
 * One WHEN of a MERGE.
 *
 * @param start where it begins in the statement
 * @param values by column; those that are not there stay as they are, or are null in a new row
 */
record MergeClause(int start, Kind kind, Optional<Span> condition, Action action, Map<String, Value> values) {
    /** Which rows of the join it takes. */
    enum Kind {
        MATCHED,
        NOT_MATCHED,
        NOT_MATCHED_BY_SOURCE;

        /**
         * A condition over two columns of the join.
         *
         * @param file null where no row of the target was found; {@code source} likewise
         */
        String condition(String file, String source) {
            return switch (this) {
                case MATCHED -> file + " IS NOT NULL AND " + source + " IS NOT NULL";
                case NOT_MATCHED -> file + " IS NULL";
                case NOT_MATCHED_BY_SOURCE -> source + " IS NULL";
            };
        }
    }

    /** What a column gets. */
    sealed interface Value {
        /**
         * Writes the value, cast to the type of the column.
         *
         * @param name of the column
         * @param column the same as SQL of the target
         */
        void write(Draft.Builder draft, String name, String column);

        /**
         * SQL of the statement.
         *
         * @param parameter whether it is a parameter and nothing else: DuckDB can tell its type only beside a column
         */
        record Expression(Span span, boolean parameter) implements Value {
            @Override
            public void write(Draft.Builder draft, String name, String column) {
                var before = parameter ? "CASE WHEN false THEN " + column + " ELSE " : "(";
                draft.insert(span.from(), ", cast_to_type(" + before)
                        .verbatim(span.from(), span.to())
                        .insert(span.to(), (parameter ? " END, " : "), ") + column + ")");
            }
        }

        /** The source's column of the same name. */
        record SameName(int start, String source) implements Value {
            @Override
            public void write(Draft.Builder draft, String name, String column) {
                var value = QualifiedName.quote(source) + "." + QualifiedName.quote(name);
                draft.insert(start, ", cast_to_type(" + value + ", " + column + ")");
            }
        }
    }
}
