package dev.sluice.engine;

import java.sql.SQLException;
import org.duckdb.DuckDBPreparedStatement;

/** Interrupts what a statement is at. */
final class Interrupts {
    private Interrupts() {}

    static void interrupt(DuckDBPreparedStatement statement) {
        try {
            statement.cancel();
        } catch (SQLException e) {
            // it has ended by itself
        }
    }
}
