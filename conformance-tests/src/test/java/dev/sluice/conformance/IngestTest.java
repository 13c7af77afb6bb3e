package dev.sluice.conformance;

import static org.apache.arrow.flight.sql.impl.FlightSql.CommandStatementIngest.TableDefinitionOptions.TableExistsOption.TABLE_EXISTS_OPTION_APPEND;
import static org.apache.arrow.flight.sql.impl.FlightSql.CommandStatementIngest.TableDefinitionOptions.TableExistsOption.TABLE_EXISTS_OPTION_FAIL;
import static org.apache.arrow.flight.sql.impl.FlightSql.CommandStatementIngest.TableDefinitionOptions.TableExistsOption.TABLE_EXISTS_OPTION_REPLACE;
import static org.apache.arrow.flight.sql.impl.FlightSql.CommandStatementIngest.TableDefinitionOptions.TableNotExistOption.TABLE_NOT_EXIST_OPTION_CREATE;
import static org.apache.arrow.flight.sql.impl.FlightSql.CommandStatementIngest.TableDefinitionOptions.TableNotExistOption.TABLE_NOT_EXIST_OPTION_FAIL;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import org.apache.arrow.flight.FlightClient;
import org.apache.arrow.flight.Location;
import org.apache.arrow.flight.sql.FlightSqlClient;
import org.apache.arrow.flight.sql.FlightSqlClient.ExecuteIngestOptions;
import org.apache.arrow.flight.sql.impl.FlightSql.CommandStatementIngest.TableDefinitionOptions;
import org.apache.arrow.flight.sql.impl.FlightSql.CommandStatementIngest.TableDefinitionOptions.TableExistsOption;
import org.apache.arrow.flight.sql.impl.FlightSql.CommandStatementIngest.TableDefinitionOptions.TableNotExistOption;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.BigIntVector;
import org.apache.arrow.vector.VarCharVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.VectorUnloader;
import org.apache.arrow.vector.ipc.ArrowReader;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.Schema;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Flight SQL's bulk ingest, and the batches of JDBC. */
@ExtendWith(SluiceExtension.class)
final class IngestTest {
    private static final Schema COLUMNS = new Schema(List.of(
            Field.nullable("id", new ArrowType.Int(64, true)), Field.nullable("Name", ArrowType.Utf8.INSTANCE)));
    private static final int BATCH_ROWS = 5_000;

    private BufferAllocator allocator;
    private FlightSqlClient client;

    @BeforeEach
    void open(Lake lake) {
        allocator = new RootAllocator();
        client = new FlightSqlClient(FlightClient.builder(allocator, Location.forGrpcInsecure("127.0.0.1", lake.port()))
                .build());
    }

    @AfterEach
    void close() throws Exception {
        client.close();
        allocator.close();
    }

    private long ingest(String table, TableNotExistOption missing, TableExistsOption present, int batches) {
        return ingest(table, missing, present, batches, COLUMNS, false);
    }

    private long ingest(
            String table,
            TableNotExistOption missing,
            TableExistsOption present,
            int batches,
            Schema columns,
            boolean temporary) {
        var definition = TableDefinitionOptions.newBuilder()
                .setIfNotExist(missing)
                .setIfExists(present)
                .build();
        var options = new ExecuteIngestOptions(table, definition, temporary, null, null, Map.of());
        try (var rows = new CountingRows(allocator, columns, batches)) {
            return client.executeIngest(rows, options);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Batches of ids that go on, and names made of them. */
    private static final class CountingRows extends ArrowReader {
        private final Schema columns;
        private final int batches;
        private int sent;

        CountingRows(BufferAllocator allocator, Schema columns, int batches) {
            super(allocator);
            this.columns = columns;
            this.batches = batches;
        }

        @Override
        public boolean loadNextBatch() throws IOException {
            prepareLoadNextBatch();
            if (sent == batches) {
                return false;
            }
            try (var root = VectorSchemaRoot.create(columns, allocator)) {
                root.allocateNew();
                for (var row = 0; row < BATCH_ROWS; row++) {
                    var id = (long) sent * BATCH_ROWS + row;
                    ((BigIntVector) root.getVector(0)).setSafe(row, id);
                    ((VarCharVector) root.getVector(1)).setSafe(row, ("n" + id).getBytes(StandardCharsets.UTF_8));
                }
                root.setRowCount(BATCH_ROWS);
                loadRecordBatch(new VectorUnloader(root).getRecordBatch());
            }
            sent++;
            return true;
        }

        @Override
        public long bytesRead() {
            return 0;
        }

        @Override
        protected void closeReadSource() {}

        @Override
        protected Schema readSchema() {
            return columns;
        }
    }

    @Test
    void many_batches_make_a_table_in_one_commit_and_more_are_added(Lake lake) throws SQLException {
        assertThat(ingest("bulk", TABLE_NOT_EXIST_OPTION_CREATE, TABLE_EXISTS_OPTION_FAIL, 20))
                .isEqualTo(100_000);
        assertThat(lake.rows("SELECT count(*), min(id), max(id), count(DISTINCT \"Name\") FROM bulk"))
                .containsExactly("100000|0|99999|100000");
        assertThat(ingest("BULK", TABLE_NOT_EXIST_OPTION_FAIL, TABLE_EXISTS_OPTION_APPEND, 1))
                .isEqualTo(BATCH_ROWS);
        assertThat(lake.rows("SELECT count(*) FROM bulk")).containsExactly("105000");
        assertThat(lake.rows("SELECT count(*) FROM bulk$snapshots")).containsExactly("2");
    }

    @Test
    void rows_find_their_columns_by_name_and_are_cast(Lake lake) throws SQLException {
        lake.run("CREATE TABLE shaped (name VARCHAR, more DATE, id INTEGER) PARTITIONED BY (bucket(3, id))");
        ingest("shaped", TABLE_NOT_EXIST_OPTION_FAIL, TABLE_EXISTS_OPTION_APPEND, 1);
        assertThat(lake.rows("SELECT id, name, more FROM shaped WHERE id = 7")).containsExactly("7|n7|null");
        lake.run("CREATE TABLE narrow (id BIGINT)");
        assertThatThrownBy(() -> ingest("narrow", TABLE_NOT_EXIST_OPTION_FAIL, TABLE_EXISTS_OPTION_APPEND, 1))
                .hasMessageContaining("The rows have columns that the table has not: Name");
    }

    @Test
    void what_cannot_be_done_is_refused(Lake lake) throws SQLException {
        lake.run("CREATE TABLE there (id BIGINT, name VARCHAR)");
        assertThatThrownBy(() -> ingest("there", TABLE_NOT_EXIST_OPTION_CREATE, TABLE_EXISTS_OPTION_FAIL, 1))
                .hasMessageContaining("exists already");
        assertThatThrownBy(() -> ingest("nowhere", TABLE_NOT_EXIST_OPTION_FAIL, TABLE_EXISTS_OPTION_APPEND, 1))
                .hasMessageContaining("does not exist");
        assertThatThrownBy(() -> ingest("there", TABLE_NOT_EXIST_OPTION_CREATE, TABLE_EXISTS_OPTION_REPLACE, 1))
                .hasMessageContaining("does not replace a table");
        assertThatThrownBy(() ->
                        ingest("temp", TABLE_NOT_EXIST_OPTION_CREATE, TABLE_EXISTS_OPTION_APPEND, 1, COLUMNS, true))
                .hasMessageContaining("Temporary tables");
        assertThat(lake.rows("SELECT count(*) FROM there")).containsExactly("0");
    }

    @Test
    void a_batch_of_inserts_is_one_snapshot(Lake lake) throws SQLException {
        lake.run("CREATE TABLE batched (id BIGINT, name VARCHAR)");
        try (var insert = lake.connection().prepareStatement("INSERT INTO batched VALUES (?, ?)")) {
            for (var i = 0; i < 1_500; i++) {
                insert.setLong(1, i);
                insert.setString(2, "n" + i);
                insert.addBatch();
            }
            insert.executeBatch();
        }
        assertThat(lake.rows("SELECT count(*), max(id) FROM batched")).containsExactly("1500|1499");
        assertThat(lake.rows("SELECT count(*) FROM batched$snapshots")).containsExactly("1");
    }
}
