package dev.sluice.engine;

import java.sql.SQLException;
import org.duckdb.DuckDBConnection;

/** Work on connections of its own: admitted, cancellable, and with failures in the users' words. Thread-safe. */
record Work(Database database, Admission admission, FunctionBinder functions) {
    /** Something to do on a connection. */
    interface Task<T> {
        T on(DuckDBConnection connection) throws SQLException;
    }

    /** A call that may fail in DuckDB. */
    interface Call<T, E extends Exception> {
        T run() throws E;
    }

    /** Waits for a place where as many run as may. */
    <T> T with(Task<T> task, Cancellation cancellation) {
        try (var _ = admission.enter();
                var connection = database.connect();
                var _ = Interrupts.watch(cancellation, connection)) {
            return worded(() -> task.on(connection));
        } catch (SQLException e) {
            throw DuckDbFailures.of(e, "", cancellation);
        }
    }

    /** Makes a call whose failures speak of users' functions by their own names. */
    <T, E extends Exception> T worded(Call<T, E> call) throws E {
        try {
            return call.run();
        } catch (EngineFailure e) {
            throw e.worded(functions::named);
        }
    }
}
