package dev.sluice.core;

import java.util.List;

/**
 * What a statement lets the catalog prune by: a condition that every row it needs satisfies. Anything that cannot be
 * said here is left out, so a filter may keep too much and never too little. Columns are top-level names in the case of
 * the table's schema.
 *
 * <p>Values are {@code Boolean}, {@code Integer}, {@code Long}, {@code Float}, {@code Double}, {@code BigDecimal},
 * {@code String}, {@code LocalDate}, {@code LocalTime}, {@code LocalDateTime}, {@code OffsetDateTime}, or a
 * {@link Parameter}, or, to be equal to, a {@link Key}.
 */
public sealed interface Filter {
    /** All of them hold. */
    record And(List<Filter> terms) implements Filter {
        public And {
            terms = List.copyOf(terms);
        }
    }

    /** At least one of them holds. */
    record Or(List<Filter> terms) implements Filter {
        public Or {
            terms = List.copyOf(terms);
        }
    }

    /** {@code column operator value}; false where the column is null. */
    record Comparison(String column, Operator operator, Object value) implements Filter {}

    /** The column has one of the values; false where it is null. */
    record In(String column, List<Object> values) implements Filter {
        public In {
            values = List.copyOf(values);
        }
    }

    record IsNull(String column) implements Filter {}

    record IsNotNull(String column) implements Filter {}

    /** The column begins with the prefix. */
    record StartsWith(String column, String prefix) implements Filter {}

    /** A value that the client binds: the statement's {@code index}th {@code ?}, from 0. */
    record Parameter(int index) {}

    /** Any value that a column of the statement's {@code scan}th scan has in a row that it needs; none is null. */
    record Key(int scan, String column) {}

    /** How a column is compared with a value. */
    enum Operator {
        EQUAL,
        NOT_EQUAL,
        LESS,
        LESS_OR_EQUAL,
        GREATER,
        GREATER_OR_EQUAL
    }
}
