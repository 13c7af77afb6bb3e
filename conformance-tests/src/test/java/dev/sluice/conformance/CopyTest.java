package dev.sluice.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** COPY INTO from files of the server's disk. */
@ExtendWith(SluiceExtension.class)
final class CopyTest {
    private static final Path FLIGHTS = Path.of("..", "samples", "flights-2001-01.parquet");

    @TempDir
    private Path folder;

    private String file(String name, String text) throws IOException {
        return "'" + Files.writeString(folder.resolve(name), text) + "'";
    }

    @Test
    void a_table_that_does_not_exist_has_the_columns_of_a_csv_file(Lake lake) throws SQLException, IOException {
        var file = file("people.csv", """
                id,name,born,size
                1,ann,1990-01-02,1.5
                2,,1991-02-03,
                """);
        assertThat(lake.update("COPY INTO people FROM " + file)).isEqualTo(2);
        assertThat(lake.rows("DESCRIBE people").stream().map(row -> row.split("\\|")[0] + " " + row.split("\\|")[1]))
                .containsExactly("id BIGINT", "name VARCHAR", "born DATE", "size DOUBLE");
        assertThat(lake.rows("SELECT * FROM people ORDER BY id"))
                .containsExactly("1|ann|1990-01-02|1.5", "2|null|1991-02-03|null");
    }

    @Test
    void a_csv_file_is_read_with_the_delimiter_it_is_told_to_have(Lake lake) throws SQLException, IOException {
        var file = file("semicolons.txt", "id;name\n1;a,b\n2;c\n");
        lake.run("COPY INTO semicolons FROM " + file + " (FORMAT csv, HEADER true, DELIMITER ';')");
        assertThat(lake.rows("SELECT id, name FROM semicolons ORDER BY id")).containsExactly("1|a,b", "2|c");
    }

    @Test
    void a_json_file_brings_lists_and_structs(Lake lake) throws SQLException, IOException {
        var file = file("events.json", """
                {"id": 1, "tags": ["x", "y"], "at": {"city": "oslo", "zone": 1}}
                {"id": 2}
                """);
        assertThat(lake.update("COPY INTO events FROM " + file)).isEqualTo(2);
        assertThat(lake.rows("SELECT id, tags[2], e.\"at\".city FROM events e ORDER BY id"))
                .containsExactly("1|y|oslo", "2|null|null");
    }

    @Test
    void a_parquet_file_is_read_with_its_types(Lake lake) throws SQLException, IOException {
        lake.run("COPY INTO flights FROM '" + FLIGHTS.toRealPath() + "'");
        assertThat(lake.rows("SELECT count(*) FROM flights")).containsExactly("508239");
        assertThat(lake.rows("DESCRIBE flights")).isNotEmpty().noneMatch(row -> row.contains("BLOB"));
    }

    @Test
    void many_files_of_a_pattern_become_one_commit(Lake lake) throws SQLException, IOException {
        file("part-1.csv", "id\n1\n");
        file("part-2.csv", "id\n2\n3\n");
        file("other.csv", "id\n99\n");
        lake.run("CREATE TABLE parts (id BIGINT)", "CREATE TAG before_parts");
        assertThat(lake.update("COPY INTO parts FROM '" + folder + "/part-*.csv'"))
                .isEqualTo(3);
        assertThat(lake.rows("SELECT id FROM parts ORDER BY id")).containsExactly("1", "2", "3");
        assertThat(lake.rows("SELECT id FROM parts AT TAG before_parts")).isEmpty();
    }

    @Test
    void columns_are_matched_by_name_and_cast_to_the_tables_types(Lake lake) throws SQLException, IOException {
        var file = file("shuffled.csv", "total,id\n1.50,7\n");
        lake.run("CREATE TABLE orders (id VARCHAR, total DECIMAL(10, 2))");
        assertThat(lake.update("COPY INTO orders FROM " + file)).isEqualTo(1);
        assertThat(lake.rows("SELECT id, total FROM orders")).containsExactly("7|1.50");
    }

    @Test
    void a_column_that_the_files_do_not_have_is_null(Lake lake) throws SQLException, IOException {
        lake.run("CREATE TABLE wide (id BIGINT, name VARCHAR)");
        assertThat(lake.update("COPY INTO wide FROM " + file("narrow.csv", "id\n7\n")))
                .isEqualTo(1);
        assertThat(lake.rows("SELECT id, name FROM wide")).containsExactly("7|null");
    }

    @Test
    void a_column_that_the_table_does_not_have_is_refused_by_name(Lake lake) throws SQLException, IOException {
        lake.run("CREATE TABLE narrow (id BIGINT)");
        var file = file("wide.csv", "id,surplus\n1,x\n");
        assertThatThrownBy(() -> lake.run("COPY INTO narrow FROM " + file))
                .isInstanceOf(SQLException.class)
                .hasMessageContaining("surplus");
        assertThat(lake.rows("SELECT count(*) FROM narrow")).containsExactly("0");
    }

    @Test
    void a_missing_file_is_named(Lake lake) {
        assertThatThrownBy(() -> lake.run("COPY INTO nothing FROM '/no/such/file.csv'"))
                .isInstanceOf(SQLException.class)
                .hasMessageContaining("No file matches '/no/such/file.csv'");
        assertThatThrownBy(() -> lake.rows("SELECT * FROM nothing"))
                .isInstanceOf(SQLException.class)
                .hasMessageContaining("nothing");
    }

    @Test
    void a_value_that_does_not_fit_is_refused_and_nothing_is_loaded(Lake lake) throws SQLException, IOException {
        lake.run("CREATE TABLE numbers (id BIGINT)");
        var file = file("letters.csv", "id\n1\nx\n");
        assertThatThrownBy(() -> lake.run("COPY INTO numbers FROM " + file))
                .isInstanceOf(SQLException.class)
                .hasMessageContaining("x");
        assertThat(lake.rows("SELECT count(*) FROM numbers")).containsExactly("0");
    }

    @Test
    void files_are_loaded_into_a_branch(Lake lake) throws SQLException, IOException {
        lake.run("CREATE TABLE staged (id BIGINT)", "CREATE BRANCH loading");
        lake.run("COPY INTO staged AT BRANCH loading FROM " + file("staged.csv", "id\n1\n"));
        assertThat(lake.rows("SELECT count(*) FROM staged")).containsExactly("0");
        assertThat(lake.rows("SELECT count(*) FROM staged AT BRANCH loading")).containsExactly("1");
    }
}
