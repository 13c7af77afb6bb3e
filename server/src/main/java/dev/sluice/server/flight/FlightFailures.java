package dev.sluice.server.flight;

import dev.sluice.core.Code;
import dev.sluice.core.Failure;
import dev.sluice.core.FailureException;
import java.util.function.Supplier;
import org.apache.arrow.flight.CallStatus;
import org.apache.arrow.flight.ErrorFlightMetadata;
import org.apache.arrow.flight.FlightRuntimeException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Failures to call statuses. The stable code, the SQLSTATE and the position go along as {@code sluice-code},
 * {@code sqlstate}, {@code sluice-line} and {@code sluice-column}, so that no client needs to parse the message.
 */
final class FlightFailures {
    private static final Logger LOG = LoggerFactory.getLogger(FlightFailures.class);

    private FlightFailures() {}

    /** Runs a call, whose failure becomes a call status. */
    static <T> T translating(Supplier<T> call) {
        try {
            return call.get();
        } catch (FlightRuntimeException e) {
            throw e;
        } catch (Throwable t) {
            throw status(t).toRuntimeException();
        }
    }

    /** The status of anything that was thrown; a bug of ours is logged here and nowhere else. */
    static CallStatus status(Throwable thrown) {
        if (thrown instanceof FlightRuntimeException flight) {
            return flight.status();
        }
        if (thrown instanceof FailureException known) {
            if (known.failure() instanceof Failure.Internal) {
                LOG.error("A statement met a bug", thrown);
            }
            return status(known.failure());
        }
        LOG.error("A call met a bug", thrown);
        return status(new Failure.Internal("Internal error: " + thrown));
    }

    private static CallStatus status(Failure failure) {
        var base = switch (failure) {
            case Failure.Invalid invalid ->
                invalid.code() == Code.UNSUPPORTED ? CallStatus.UNIMPLEMENTED : CallStatus.INVALID_ARGUMENT;
            case Failure.NotFound _ -> CallStatus.NOT_FOUND;
            case Failure.Exists _ -> CallStatus.ALREADY_EXISTS;
            case Failure.Forbidden _ -> CallStatus.UNAUTHORIZED;
            case Failure.Conflict _, Failure.Unavailable _ -> CallStatus.UNAVAILABLE;
            case Failure.OutcomeUnknown _ -> CallStatus.UNKNOWN;
            case Failure.FunctionFailed _ -> CallStatus.INVALID_ARGUMENT;
            case Failure.Exhausted _ -> CallStatus.RESOURCE_EXHAUSTED;
            case Failure.Cancelled _ -> CallStatus.CANCELLED;
            case Failure.Internal _ -> CallStatus.INTERNAL;
        };
        var metadata = new ErrorFlightMetadata();
        metadata.insert("sluice-code", failure.code().name());
        metadata.insert("sqlstate", failure.code().sqlState());
        failure.position().ifPresent(p -> {
            metadata.insert("sluice-line", Integer.toString(p.line()));
            metadata.insert("sluice-column", Integer.toString(p.column()));
        });
        return base.withDescription(message(failure)).withMetadata(metadata);
    }

    private static String message(Failure failure) {
        return failure.position()
                .map(p -> failure.message() + " (line " + p.line() + ", column " + p.column() + ")")
                .orElse(failure.message());
    }
}
