package dev.sluice.udf.runtime;

/** What a function has failed with where it ran, in the words that its author is to read. */
public final class FunctionFailure extends Exception {
    private static final long serialVersionUID = 1L;

    public FunctionFailure(String message) {
        super(message, null, false, false);
    }

    String text() {
        return String.valueOf(getMessage());
    }
}
