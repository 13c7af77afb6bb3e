package dev.sluice.udf.runtime;

/** Ends code of a user's whose statement was cancelled; an error, so that {@code catch (Exception e)} lets it pass. */
final class FunctionCancelled extends Error {
    FunctionCancelled() {
        super("The statement was cancelled", null, false, false);
    }
}
