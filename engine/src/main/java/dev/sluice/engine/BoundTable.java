package dev.sluice.engine;

/**
 * A table that one statement reads in a FROM clause as {@link #sql}. Holds which of its rows are deleted: close it
 * after the statement.
 */
public final class BoundTable implements AutoCloseable {
    private final String sql;
    private final Runnable release;

    BoundTable(String sql, Runnable release) {
        this.sql = sql;
        this.release = release;
    }

    public String sql() {
        return sql;
    }

    @Override
    public void close() {
        release.run();
    }
}
