package dev.sluice.planner;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexUtil;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.util.NlsString;
import org.apache.calcite.util.TimestampString;

/**
 * Values of constant expressions, computed by hand where DuckDB and Java surely agree. Calcite's own folding compiles
 * Java code at run time, which is too slow for a query.
 */
final class Constants {
    private static final long MILLIS_OF_DAY = 86_400_000;

    private Constants() {}

    /**
     * {@code Boolean}, {@code BigDecimal}, {@code Double}, {@code String}, {@code LocalDate} or {@code LocalDateTime}.
     */
    static Optional<Object> value(RexNode node) {
        return switch (node) {
            case RexLiteral literal -> literal(literal);
            case RexCall call -> call(call);
            default -> Optional.empty();
        };
    }

    /** The expression without casts that change no value. */
    static RexNode strip(RexNode node) {
        var result = node;
        while (result instanceof RexCall call && RexUtil.isLosslessCast(call)) {
            result = call.getOperands().getFirst();
        }
        return result;
    }

    private static Optional<Object> literal(RexLiteral literal) {
        if (literal.isNull()) {
            return Optional.empty();
        }
        return switch (literal.getType().getSqlTypeName()) {
            case BOOLEAN -> Optional.ofNullable(literal.getValueAs(Boolean.class));
            case TINYINT, SMALLINT, INTEGER, BIGINT, DECIMAL ->
                Optional.ofNullable(literal.getValueAs(BigDecimal.class));
            case DOUBLE -> Optional.ofNullable(literal.getValueAs(Double.class));
            case CHAR, VARCHAR ->
                Optional.ofNullable(literal.getValueAs(NlsString.class)).map(NlsString::getValue);
            case DATE -> Optional.ofNullable(literal.getValueAs(Integer.class)).map(LocalDate::ofEpochDay);
            case TIMESTAMP ->
                Optional.ofNullable(literal.getValueAs(TimestampString.class))
                        .map(timestamp ->
                                LocalDateTime.parse(timestamp.toString().replace(' ', 'T')));
            default -> Optional.empty();
        };
    }

    private static Optional<Object> call(RexCall call) {
        return switch (call.getKind()) {
            case CAST -> value(call.getOperands().getFirst()).flatMap(value -> cast(value, call));
            case PLUS, MINUS -> sum(call);
            default -> Optional.empty();
        };
    }

    private static Optional<Object> cast(Object value, RexCall call) {
        var type = call.getType().getSqlTypeName();
        try {
            return switch (value) {
                case String text when type == SqlTypeName.DATE -> Optional.of(LocalDate.parse(text));
                case String text
                when type == SqlTypeName.TIMESTAMP ->
                    Optional.of(
                            text.length() == 10
                                    ? LocalDate.parse(text).atStartOfDay()
                                    : LocalDateTime.parse(text.replace(' ', 'T')));
                case String text when type == SqlTypeName.VARCHAR && RexUtil.isLosslessCast(call) -> Optional.of(text);
                case LocalDate date when type == SqlTypeName.TIMESTAMP -> Optional.of(date.atStartOfDay());
                case LocalDate date when type == SqlTypeName.DATE -> Optional.of(date);
                case LocalDateTime time when type == SqlTypeName.TIMESTAMP -> Optional.of(time);
                case BigDecimal number when type == SqlTypeName.DOUBLE -> Optional.of(number.doubleValue());
                case BigDecimal number
                when isInteger(number) && isExact(type) && RexUtil.isLosslessCast(call) -> Optional.of(number);
                default -> Optional.empty();
            };
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    private static boolean isInteger(BigDecimal number) {
        return number.stripTrailingZeros().scale() <= 0;
    }

    private static boolean isExact(SqlTypeName type) {
        return SqlTypeName.INT_TYPES.contains(type) || type == SqlTypeName.DECIMAL;
    }

    private static Optional<Object> sum(RexCall call) {
        if (call.getOperands().size() != 2) {
            return Optional.empty();
        }
        var left = value(call.getOperands().getFirst());
        var sign = call.getKind() == SqlKind.MINUS ? -1 : 1;
        if (left.isEmpty()) {
            return Optional.empty();
        }
        if (call.getOperands().getLast() instanceof RexLiteral literal
                && SqlTypeName.INTERVAL_TYPES.contains(literal.getType().getSqlTypeName())) {
            return shifted(left.get(), literal, sign);
        }
        return value(call.getOperands().getLast())
                .filter(right -> left.get() instanceof BigDecimal && right instanceof BigDecimal)
                .map(right -> ((BigDecimal) left.get()).add(((BigDecimal) right).multiply(BigDecimal.valueOf(sign))));
    }

    private static Optional<Object> shifted(Object value, RexLiteral interval, int sign) {
        var length = Optional.ofNullable(interval.getValueAs(BigDecimal.class))
                .map(amount -> sign * amount.longValue())
                .orElse(0L);
        var months = SqlTypeName.YEAR_INTERVAL_TYPES.contains(interval.getType().getSqlTypeName());
        return switch (value) {
            case LocalDate date when months -> Optional.of(date.plusMonths(length));
            case LocalDate date when length % MILLIS_OF_DAY == 0 -> Optional.of(date.plusDays(length / MILLIS_OF_DAY));
            case LocalDateTime time when months -> Optional.of(time.plusMonths(length));
            case LocalDateTime time -> Optional.of(time.plus(length, ChronoUnit.MILLIS));
            default -> Optional.empty();
        };
    }
}
