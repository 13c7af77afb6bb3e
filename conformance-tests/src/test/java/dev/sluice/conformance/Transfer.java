package dev.sluice.conformance;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** One writer, who moves money until the server is gone. Confined to one thread. */
final class Transfer {
    private final int port;
    private final String writer;
    private final Random random;
    private final Map<String, Outcome> outcomes;
    private int count;

    Transfer(int port, String writer, Random random, Map<String, Outcome> outcomes) {
        this.port = port;
        this.writer = writer;
        this.random = random;
        this.outcomes = outcomes;
    }

    /** What the writer was told. */
    enum Outcome {
        COMMITTED,
        ROLLED_BACK,
        LEFT_OPEN,
        CONFLICT,
        UNKNOWN
    }

    void repeat() {
        while (true) {
            try (var connection = Lake.connect(port, "")) {
                while (transfer(connection) != Outcome.LEFT_OPEN) {
                    // a transaction that is left open is never ended by its client
                }
            } catch (SQLException | RuntimeException e) {
                return;
            }
        }
    }

    private Outcome transfer(Connection connection) throws SQLException {
        var id = writer + "." + count++;
        var outcome = Outcome.ROLLED_BACK;
        try (var statement = connection.createStatement()) {
            prepare(statement, id);
            var fate = random.nextInt(20);
            if (fate == 0) {
                outcome = Outcome.LEFT_OPEN;
            } else if (fate == 1) {
                statement.executeUpdate("ROLLBACK");
            } else {
                outcome = Outcome.UNKNOWN;
                outcome = commit(statement);
            }
            return outcome;
        } finally {
            outcomes.put(id, outcome);
        }
    }

    private void prepare(Statement statement, String id) throws SQLException {
        var isolation = random.nextBoolean() ? "SERIALIZABLE" : "SNAPSHOT";
        var amount = 1 + random.nextInt(20);
        var from = random.nextInt(Ledger.ACCOUNTS);
        var to = random.nextInt(Ledger.ACCOUNTS);
        for (var sql : List.of(
                "BEGIN ISOLATION LEVEL " + isolation,
                "UPDATE checking SET balance = balance - " + amount + " WHERE id = " + from,
                "UPDATE savings SET balance = balance + " + amount + " WHERE id = " + to,
                "INSERT INTO transfers VALUES ('" + id + "', " + from + ", " + to + ", " + amount + ")")) {
            statement.executeUpdate(sql);
        }
    }

    private static Outcome commit(Statement statement) throws SQLException {
        try {
            statement.executeUpdate("COMMIT");
            return Outcome.COMMITTED;
        } catch (SQLException e) {
            if (String.valueOf(e.getMessage()).contains("may succeed when repeated")) {
                return Outcome.CONFLICT;
            }
            throw e;
        }
    }
}
