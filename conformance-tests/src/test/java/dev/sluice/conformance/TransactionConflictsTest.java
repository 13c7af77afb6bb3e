package dev.sluice.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What transactions, and statements alone, do to each other. */
@ExtendWith(SluiceExtension.class)
final class TransactionConflictsTest {
    @Test
    void the_second_of_two_transactions_that_change_the_same_rows_is_rolled_back(Lake lake) throws SQLException {
        lake.run("CREATE TABLE counter AS SELECT 1 AS n");
        try (var one = lake.connect("");
                var two = lake.connect("")) {
            TransactionsTest.run(one, "BEGIN ISOLATION LEVEL REPEATABLE READ", "UPDATE counter SET n = n + 1");
            TransactionsTest.run(two, "BEGIN TRANSACTION ISOLATION LEVEL SNAPSHOT", "UPDATE counter SET n = n + 10");
            TransactionsTest.run(one, "COMMIT WORK");
            TransactionsTest.assertFails(two, "may succeed when repeated", "COMMIT")
                    .hasMessageContaining("public.counter")
                    .hasMessageContaining("UPDATE counter SET n = n + 1");
            assertThat(Lake.rows(two, "SELECT n FROM counter")).containsExactly("2");
            TransactionsTest.assertFails(two, "No transaction is open", "COMMIT");
            TransactionsTest.run(two, "BEGIN", "UPDATE counter SET n = n + 10", "END");
        }
        assertThat(lake.rows("SELECT n FROM counter")).containsExactly("12");
    }

    @Test
    void write_skew_over_two_tables_is_caught_unless_snapshot_isolation_is_chosen(Lake lake) throws SQLException {
        for (var isolation : List.of("SERIALIZABLE", "SNAPSHOT")) {
            lake.run(
                    "CREATE OR REPLACE TABLE left_duty AS SELECT 1 AS doctors",
                    "CREATE OR REPLACE TABLE right_duty AS SELECT 1 AS doctors");
            try (var one = lake.connect("");
                    var two = lake.connect("")) {
                TransactionsTest.run(one, "BEGIN ISOLATION LEVEL " + isolation);
                TransactionsTest.run(two, "BEGIN ISOLATION LEVEL " + isolation);
                assertThat(Lake.rows(one, "SELECT doctors FROM right_duty")).containsExactly("1");
                TransactionsTest.run(one, "UPDATE left_duty SET doctors = 0");
                assertThat(Lake.rows(two, "SELECT doctors FROM left_duty")).containsExactly("1");
                TransactionsTest.run(two, "UPDATE right_duty SET doctors = 0", "COMMIT");
                if (isolation.equals("SERIALIZABLE")) {
                    TransactionsTest.assertFails(one, "may succeed when repeated", "COMMIT")
                            .hasMessageContaining("public.right_duty");
                } else {
                    TransactionsTest.run(one, "COMMIT");
                }
            }
            lake.run("DROP TABLE left_duty", "DROP TABLE right_duty");
        }
    }

    @Test
    void what_cannot_hold_the_rows_that_were_read_does_not_conflict(Lake lake) throws SQLException {
        lake.run(
                "CREATE TABLE sales_by_city (city VARCHAR, n BIGINT) PARTITIONED BY (city)",
                "INSERT INTO sales_by_city VALUES ('rome', 1), ('oslo', 2)",
                "CREATE TABLE sums_of_cities (n BIGINT)");
        try (var other = lake.connect("")) {
            TransactionsTest.run(
                    other, "BEGIN", "INSERT INTO sums_of_cities SELECT sum(n) FROM sales_by_city WHERE city = 'rome'");
            lake.run("INSERT INTO sales_by_city VALUES ('oslo', 5)", "DELETE FROM sales_by_city WHERE city = 'oslo'");
            TransactionsTest.run(other, "COMMIT");
            TransactionsTest.run(
                    other, "BEGIN", "INSERT INTO sums_of_cities SELECT sum(n) FROM sales_by_city WHERE city = 'rome'");
            lake.run("INSERT INTO sales_by_city VALUES ('rome', 5)");
            TransactionsTest.assertFails(other, "may succeed when repeated", "COMMIT")
                    .hasMessageContaining("public.sales_by_city");
        }
    }

    @Test
    void changes_of_one_partition_and_additions_to_another_do_not_conflict(Lake lake) throws Exception {
        lake.run(
                "CREATE TABLE busy (city VARCHAR, n BIGINT) PARTITIONED BY (city)",
                "INSERT INTO busy SELECT 'rome', range FROM range(10)");
        try (var adders = Executors.newFixedThreadPool(2);
                var changer = lake.connect("")) {
            var done = new AtomicBoolean();
            var adding = IntStream.range(0, 2)
                    .mapToObj(i -> adders.submit(() -> {
                        try (var connection = lake.connect("")) {
                            while (!done.get()) {
                                TransactionsTest.run(connection, "INSERT INTO busy VALUES ('oslo', 1)");
                            }
                        }
                        return i;
                    }))
                    .toList();
            try {
                for (var n = 0; n < 10; n++) {
                    TransactionsTest.run(changer, "UPDATE busy SET n = n + 100 WHERE city = 'rome' AND n = " + n);
                }
            } finally {
                done.set(true);
            }
            for (var each : adding) {
                each.get(60, TimeUnit.SECONDS);
            }
        }
        assertThat(lake.rows("SELECT count(*), min(n) FROM busy WHERE city = 'rome'"))
                .containsExactly("10|100");
        assertThat(lake.rows("SELECT count(*) > 0 FROM busy WHERE city = 'oslo'"))
                .containsExactly("true");
    }
}
