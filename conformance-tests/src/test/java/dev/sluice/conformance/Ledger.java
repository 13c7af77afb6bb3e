package dev.sluice.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.Map;

/** The accounts, and what must be true of them. */
final class Ledger {
    static final int ACCOUNTS = 10;
    static final String MONEY = "2000";
    static final String TOTAL = total("");

    private final Connection connection;

    Ledger(Connection connection) {
        this.connection = connection;
    }

    private static String total(String at) {
        return "SELECT (SELECT sum(balance) FROM checking" + at + ") + (SELECT sum(balance) FROM savings" + at + ")";
    }

    /** Each account has a data file of its own, so that transfers of different accounts do not conflict. */
    static void create(Connection connection) throws SQLException {
        try (var statement = connection.createStatement()) {
            for (var table : new String[] {"checking", "savings"}) {
                statement.executeUpdate("CREATE TABLE " + table + " (id BIGINT, balance BIGINT) PARTITIONED BY (id)");
                statement.executeUpdate("INSERT INTO " + table + " SELECT range, 100 FROM range(" + ACCOUNTS + ")");
            }
            statement.executeUpdate("CREATE TABLE transfers (id VARCHAR, source BIGINT, target BIGINT, amount BIGINT)");
        }
    }

    /** All that were acknowledged are there once, and none that were told not to be. */
    void assertTransfers(Map<String, Transfer.Outcome> told) throws SQLException {
        var rows = Lake.rows(connection, "SELECT id FROM transfers");
        var there = new HashSet<>(rows);
        assertThat(rows).hasSize(there.size());
        assertThat(told).isNotEmpty().allSatisfy((id, outcome) -> {
            switch (outcome) {
                case COMMITTED -> assertThat(there).contains(id);
                case ROLLED_BACK, LEFT_OPEN, CONFLICT -> assertThat(there).doesNotContain(id);
                case UNKNOWN -> {}
            }
        });
        assertThat(told.keySet()).containsAll(there);
    }

    /** The balances are what the transfers make of them. */
    void assertBalances() throws SQLException {
        assertThat(Lake.rows(connection, """
                SELECT id, balance FROM checking
                EXCEPT SELECT a.id, 100 - coalesce(sum(t.amount), 0)
                FROM checking a LEFT JOIN transfers t ON t.source = a.id GROUP BY a.id""")).isEmpty();
        assertThat(Lake.rows(connection, """
                SELECT id, balance FROM savings
                EXCEPT SELECT a.id, 100 + coalesce(sum(t.amount), 0)
                FROM savings a LEFT JOIN transfers t ON t.target = a.id GROUP BY a.id""")).isEmpty();
    }

    /** How many commits were looked at. */
    int assertTotalAtEveryCommit() throws SQLException {
        var log = Lake.rows(connection, "SHOW LOG FOR TABLE transfers LIMIT 1000000");
        // the oldest is the one that made the table
        for (var line : log) {
            var hash = line.substring(0, line.indexOf('|'));
            assertThat(Lake.rows(connection, total(" AT COMMIT '" + hash + "'")))
                    .as(line)
                    .containsExactly(MONEY);
        }
        return log.size();
    }
}
