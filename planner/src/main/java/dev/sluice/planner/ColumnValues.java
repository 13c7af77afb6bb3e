package dev.sluice.planner;

import dev.sluice.core.Filter.Operator;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.Set;
import org.apache.arrow.vector.types.FloatingPointPrecision;
import org.apache.arrow.vector.types.pojo.ArrowType;

/**
 * Constants as values of a column's own type. Empty where DuckDB might compare them in another type, and for floating
 * point wherever NaN or a negative zero could be told apart from what a file's bounds say.
 */
final class ColumnValues {
    private static final int EXACT_DIGITS = 15;
    private static final Set<Operator> BELOW = Set.of(Operator.EQUAL, Operator.LESS, Operator.LESS_OR_EQUAL);

    private ColumnValues() {}

    static Optional<Object> of(ArrowType type, Operator operator, Object constant) {
        return switch (constant) {
            case Boolean truth -> Optional.<Object>of(truth).filter(_ -> type instanceof ArrowType.Bool);
            case String text -> Optional.<Object>of(text).filter(_ -> type instanceof ArrowType.Utf8);
            case BigDecimal number -> number(type, operator, number);
            case Double number
            when !number.isNaN() && !number.isInfinite() && isDouble(type) ->
                number(type, operator, BigDecimal.valueOf(number));
            case LocalDate date -> date(type, date);
            case LocalDateTime time -> time(type, time);
            default -> Optional.empty();
        };
    }

    /** Whether a bound value, of whatever type, can be compared with such a column's bounds. */
    static boolean takesParameters(ArrowType type) {
        return switch (type) {
            case ArrowType.Int _, ArrowType.Utf8 _, ArrowType.Date _, ArrowType.Decimal _, ArrowType.Bool _ -> true;
            case ArrowType.Timestamp timestamp -> timestamp.getTimezone() == null;
            default -> false;
        };
    }

    private static Optional<Object> number(ArrowType type, Operator operator, BigDecimal number) {
        try {
            return switch (type) {
                case ArrowType.Int integer when integer.getBitWidth() > 32 -> Optional.of(number.longValueExact());
                case ArrowType.Int _ -> Optional.of(number.intValueExact());
                case ArrowType.Decimal decimal ->
                    Optional.<Object>of(number.setScale(decimal.getScale(), RoundingMode.UNNECESSARY))
                            .filter(_ -> number.precision() <= decimal.getPrecision());
                case ArrowType.FloatingPoint _
                when isDouble(type) && BELOW.contains(operator) ->
                    Optional.<Object>of(number.doubleValue())
                            .filter(_ -> number.signum() != 0 && number.precision() <= EXACT_DIGITS)
                            .filter(_ -> Math.abs(number.scale()) <= EXACT_DIGITS);
                default -> Optional.empty();
            };
        } catch (ArithmeticException e) {
            return Optional.empty();
        }
    }

    private static boolean isDouble(ArrowType type) {
        return type instanceof ArrowType.FloatingPoint real && real.getPrecision() == FloatingPointPrecision.DOUBLE;
    }

    private static Optional<Object> date(ArrowType type, LocalDate date) {
        return switch (type) {
            case ArrowType.Date _ -> Optional.of(date);
            case ArrowType.Timestamp _ -> time(type, date.atStartOfDay());
            default -> Optional.empty();
        };
    }

    private static Optional<Object> time(ArrowType type, LocalDateTime time) {
        return switch (type) {
            case ArrowType.Timestamp timestamp ->
                Optional.<Object>of(time)
                        .filter(_ ->
                                timestamp.getTimezone() == null && time.equals(time.truncatedTo(ChronoUnit.MICROS)));
            case ArrowType.Date _ ->
                Optional.<Object>of(time.toLocalDate())
                        .filter(_ -> time.equals(time.toLocalDate().atStartOfDay()));
            default -> Optional.empty();
        };
    }
}
