package dev.sluice.catalog;

import dev.sluice.core.Code;
import dev.sluice.core.Failure;
import dev.sluice.core.FailureException;
import java.net.ConnectException;
import java.net.URI;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.apache.iceberg.exceptions.AlreadyExistsException;
import org.apache.iceberg.exceptions.BadRequestException;
import org.apache.iceberg.exceptions.CommitFailedException;
import org.apache.iceberg.exceptions.ForbiddenException;
import org.apache.iceberg.exceptions.NamespaceNotEmptyException;
import org.apache.iceberg.exceptions.NoSuchNamespaceException;
import org.apache.iceberg.exceptions.NoSuchTableException;
import org.apache.iceberg.exceptions.NoSuchViewException;
import org.apache.iceberg.exceptions.NoSuchWarehouseException;
import org.apache.iceberg.exceptions.NotAuthorizedException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Calls of one Iceberg REST catalog: the exceptions of Iceberg's client end here. Thread-safe. */
final class RestCalls {
    private static final Logger LOG = LoggerFactory.getLogger(RestCalls.class);

    private final URI uri;

    RestCalls(URI uri) {
        this.uri = uri;
    }

    /** A call that changes nothing. */
    <T> T ask(Supplier<T> call) {
        try {
            return call.get();
        } catch (FailureException e) {
            throw e;
        } catch (RuntimeException e) {
            throw new FailureException(
                    refusal(e).orElseGet(() -> new Failure.Unavailable(what() + " failed: " + e.getMessage())), e);
        }
    }

    /**
     * A change, of which it may stay unknown what became of it.
     *
     * @param doing what it does, as a message begins
     */
    CommitOutcome change(String doing, Supplier<Commit> call) {
        try {
            return new CommitOutcome.Committed(call.get());
        } catch (FailureException e) {
            throw e;
        } catch (CommitFailedException | AlreadyExistsException e) {
            return new CommitOutcome.Conflicted(doing + " met another change: " + e.getMessage());
        } catch (RuntimeException e) {
            var refusal = refusal(e);
            if (refusal.isPresent()) {
                throw new FailureException(refusal.get(), e);
            }
            LOG.error("{} broke off", doing, e);
            return new CommitOutcome.Unknown(doing + " broke off: " + e.getMessage());
        }
    }

    private String what() {
        return "The Iceberg REST catalog at " + uri;
    }

    /** Why a call certainly had no effect; empty where it may have had one. */
    private Optional<Failure> refusal(RuntimeException e) {
        return switch (e) {
            case NotAuthorizedException _, ForbiddenException _ ->
                Optional.of(
                        new Failure.Forbidden(what() + " refuses this server: " + e.getMessage(), Optional.empty()));
            case BadRequestException _ -> invalid(Code.INVALID_VALUE, "refuses the call", e);
            case UnsupportedOperationException _ -> invalid(Code.UNSUPPORTED, "does not offer this", e);
            case NoSuchTableException _ -> notFound(Code.TABLE_NOT_FOUND, e);
            case NoSuchViewException _ -> notFound(Code.VIEW_NOT_FOUND, e);
            case NoSuchNamespaceException _ -> notFound(Code.SCHEMA_NOT_FOUND, e);
            case NoSuchWarehouseException _ -> invalid(Code.INVALID_VALUE, "has no such warehouse", e);
            case NamespaceNotEmptyException _ -> invalid(Code.SCHEMA_NOT_EMPTY, "keeps the schema", e);
            default ->
                Stream.iterate((Throwable) e, Objects::nonNull, Throwable::getCause)
                                .anyMatch(ConnectException.class::isInstance)
                        ? Optional.of(new Failure.Unavailable(what() + " does not answer"))
                        : Optional.empty();
        };
    }

    private Optional<Failure> invalid(Code code, String does, RuntimeException e) {
        return Optional.of(new Failure.Invalid(code, what() + " " + does + ": " + e.getMessage(), Optional.empty()));
    }

    private Optional<Failure> notFound(Code code, RuntimeException e) {
        return Optional.of(new Failure.NotFound(code, String.valueOf(e.getMessage()), Optional.empty()));
    }
}
