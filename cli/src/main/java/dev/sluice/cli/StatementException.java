package dev.sluice.cli;

import dev.sluice.core.Code;
import dev.sluice.core.Failure.Position;
import java.net.ConnectException;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.arrow.flight.ErrorFlightMetadata;
import org.apache.arrow.flight.FlightRuntimeException;
import org.apache.arrow.flight.FlightStatusCode;
import org.jspecify.annotations.Nullable;

/** A statement that failed, as the server told it. */
final class StatementException extends RuntimeException {
    private final String code;
    private final transient Optional<Position> position;

    StatementException(String code, String message, Optional<Position> position, @Nullable Throwable cause) {
        super(message, cause);
        this.code = code;
        this.position = position;
    }

    /** Reads the trailers of a failed call. */
    static StatementException of(FlightRuntimeException failure, Endpoint endpoint) {
        var status = failure.status();
        var metadata = status.metadata() == null ? new ErrorFlightMetadata() : status.metadata();
        if (metadata.containsKey("sluice-code")) {
            var position = position(metadata);
            var message = position.map(place -> withoutPlace(description(failure), place))
                    .orElseGet(() -> description(failure));
            return new StatementException(metadata.get("sluice-code"), message, position, failure);
        }
        if (status.code() == FlightStatusCode.CANCELLED) {
            return new StatementException(Code.CANCELLED.name(), "Cancelled", Optional.empty(), failure);
        }
        if (status.code() == FlightStatusCode.UNAVAILABLE) {
            var message = wasRefused(failure)
                    ? "Cannot reach a server at " + endpoint + ": start one with ./sluice serve"
                    : "The server at " + endpoint + " is gone: it ended, or the connection was lost";
            return new StatementException(status.code().name(), message, Optional.empty(), failure);
        }
        return new StatementException(status.code().name(), description(failure), Optional.empty(), failure);
    }

    private static boolean wasRefused(Throwable failure) {
        return Stream.iterate(failure, Objects::nonNull, Throwable::getCause)
                .anyMatch(ConnectException.class::isInstance);
    }

    private static String description(FlightRuntimeException failure) {
        var description = failure.status().description();
        return description == null || description.isEmpty()
                ? "The server answered " + failure.status().code() + " and gave no reason"
                : description;
    }

    private static Optional<Position> position(ErrorFlightMetadata metadata) {
        if (!metadata.containsKey("sluice-line") || !metadata.containsKey("sluice-column")) {
            return Optional.empty();
        }
        return Optional.of(new Position(
                Integer.parseInt(metadata.get("sluice-line")), Integer.parseInt(metadata.get("sluice-column"))));
    }

    /** The server repeats the place for clients that show the message alone. */
    private static String withoutPlace(String message, Position place) {
        var suffix = " (line " + place.line() + ", column " + place.column() + ")";
        return message.endsWith(suffix) ? message.substring(0, message.length() - suffix.length()) : message;
    }

    /** The stable name of the failure, or the call's status where the server named none. */
    String code() {
        return code;
    }

    boolean isCancelled() {
        return Code.CANCELLED.name().equals(code);
    }

    /** Where in the statement, as it was sent. */
    Optional<Position> position() {
        return position;
    }
}
