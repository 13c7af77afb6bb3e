package dev.sluice.udf.runtime;

/** Ends code of a user's that is to stop; an error, so that {@code catch (Exception e)} lets it pass. */
final class FunctionCancelled extends Error {
    private static final long serialVersionUID = 1L;

    FunctionCancelled(String reason) {
        super(reason, null, false, false);
    }

    String reason() {
        return String.valueOf(getMessage());
    }
}
