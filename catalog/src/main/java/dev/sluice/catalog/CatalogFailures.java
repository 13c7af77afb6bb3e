package dev.sluice.catalog;

import dev.sluice.core.Code;
import dev.sluice.core.Failure;
import dev.sluice.core.FailureException;
import dev.sluice.core.QualifiedName;
import dev.sluice.core.Ref;
import java.util.Optional;
import java.util.function.Supplier;

/** The catalog's failures in one place, and the edge at which Iceberg's and Nessie's exceptions become ours. */
final class CatalogFailures {
    private CatalogFailures() {}

    /** Runs what may throw a library's exception; {@code doing} begins the message then. */
    static <T> T translated(String doing, Supplier<T> body) {
        try {
            return body.get();
        } catch (FailureException e) {
            throw e;
        } catch (RuntimeException e) {
            throw internal(doing, e);
        }
    }

    static FailureException internal(String doing, Exception cause) {
        return new FailureException(new Failure.Internal(doing + " failed: " + cause.getMessage()), cause);
    }

    static FailureException invalidValue(String message) {
        return invalid(Code.INVALID_VALUE, message);
    }

    static FailureException invalid(Code code, String message) {
        return new Failure.Invalid(code, message, Optional.empty()).exception();
    }

    static FailureException schemaNotFound(String name) {
        return notFound(Code.SCHEMA_NOT_FOUND, "Schema '" + name + "' does not exist");
    }

    static FailureException tableNotFound(QualifiedName name) {
        return notFound(Code.TABLE_NOT_FOUND, "Table '" + name + "' does not exist");
    }

    static FailureException refNotFound(Ref ref) {
        return notFound(Code.REF_NOT_FOUND, ref + " does not exist");
    }

    static FailureException refNotFound(Ref ref, Exception cause) {
        return new FailureException(refNotFound(ref).failure(), cause);
    }

    static FailureException notFound(Code code, String message) {
        return new Failure.NotFound(code, message, Optional.empty()).exception();
    }

    static FailureException exists(Code code, String message) {
        return new Failure.Exists(code, message).exception();
    }
}
