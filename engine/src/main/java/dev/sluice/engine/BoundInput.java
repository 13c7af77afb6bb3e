package dev.sluice.engine;

/**
 * A query whose rows a function of the same statement takes. Close it after the statement.
 *
 * @param number stands for it in the statement's text
 */
public record BoundInput(long number, Runnable end) implements AutoCloseable {
    @Override
    public void close() {
        end.run();
    }
}
