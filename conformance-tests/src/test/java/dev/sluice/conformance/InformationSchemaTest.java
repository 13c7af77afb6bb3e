package dev.sluice.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.SQLException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The lake's names and types as tables. */
@ExtendWith(SluiceExtension.class)
final class InformationSchemaTest {
    @BeforeEach
    void create(Lake lake) throws SQLException {
        lake.run(
                "CREATE SCHEMA IF NOT EXISTS shop",
                "CREATE TABLE IF NOT EXISTS shop.items (id BIGINT NOT NULL, tags VARCHAR[])");
    }

    @Test
    void schemas_tables_and_columns_are_listed(Lake lake) throws SQLException {
        assertThat(lake.rows("SELECT schema_name FROM information_schema.schemata ORDER BY 1"))
                .containsExactly("public", "shop");
        assertThat(lake.rows("SELECT table_schema, table_name, table_type FROM INFORMATION_SCHEMA.TABLES"))
                .containsExactly("shop|items|BASE TABLE");
        assertThat(lake.rows("SELECT column_name, ordinal_position, is_nullable, data_type"
                        + " FROM information_schema.columns WHERE table_name = 'items' ORDER BY 2"))
                .containsExactly("id|1|NO|BIGINT", "tags|2|YES|VARCHAR[]");
    }

    @Test
    void they_are_as_the_branch_has_them(Lake lake) throws SQLException {
        lake.run("CREATE BRANCH wide", "CREATE TABLE shop.more AT BRANCH wide (id BIGINT)");
        assertThat(lake.rows("SELECT table_name FROM information_schema.tables AT BRANCH wide ORDER BY 1"))
                .containsExactly("items", "more");
        assertThat(lake.rows("SELECT table_name FROM information_schema.tables"))
                .containsExactly("items");
    }

    @Test
    void functions_are_routines(Lake lake) throws SQLException {
        assertThat(lake.rows("SELECT routine_name FROM information_schema.routines"))
                .isEmpty();
        lake.run("""
                CREATE FUNCTION thrice(x BIGINT) RETURNS BIGINT LANGUAGE JAVA AS $$
                public class T { public static long thrice(long x) { return 3 * x; } }
                $$""");
        assertThat(lake.rows("SELECT routine_name, data_type FROM information_schema.routines"))
                .containsExactly("thrice|BIGINT");
        lake.run("DROP FUNCTION thrice");
    }

    @Test
    void its_name_is_taken(Lake lake) {
        assertThatThrownBy(() -> lake.run("CREATE SCHEMA information_schema"))
                .isInstanceOf(SQLException.class)
                .hasMessageContaining("the server's own");
    }
}
