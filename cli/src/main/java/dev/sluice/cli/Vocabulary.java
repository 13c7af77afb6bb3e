package dev.sluice.cli;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.arrow.vector.VarBinaryVector;
import org.apache.arrow.vector.VarCharVector;
import org.apache.arrow.vector.ipc.ReadChannel;
import org.apache.arrow.vector.ipc.message.MessageSerializer;
import org.apache.arrow.vector.types.pojo.Field;

/** The names that a session can use: asked for when first needed, and again after they may have changed. */
final class Vocabulary {
    private static final Pattern CHANGES =
            Pattern.compile("(CREATE|DROP|ALTER|USE|COPY|MERGE|REVERT|COMMIT|ROLLBACK)\\b", Pattern.CASE_INSENSITIVE);

    private final SluiceClient client;
    private Optional<Names> names = Optional.empty();

    Vocabulary(SluiceClient client) {
        this.client = client;
    }

    /** A table and its columns. */
    record Table(String schema, String name, List<String> columns) {
        Table {
            columns = List.copyOf(columns);
        }
    }

    /** What there is. */
    record Names(List<Table> tables, List<String> functions) {
        Names {
            tables = List.copyOf(tables);
            functions = List.copyOf(functions);
        }

        Stream<String> schemas() {
            return tables.stream().map(Table::schema).distinct();
        }
    }

    /** The names; none while the server does not answer. */
    Names names() {
        if (names.isEmpty()) {
            try {
                names = Optional.of(new Names(client.tables(Vocabulary::readTables), functions()));
            } catch (StatementException _) {
                return new Names(List.of(), List.of());
            }
        }
        return names.get();
    }

    /** Has the names asked for anew where the statement may have changed them. */
    void forgetAfter(String statement) {
        if (CHANGES.matcher(statement).lookingAt()) {
            names = Optional.empty();
        }
    }

    private List<String> functions() {
        var functions = new ArrayList<String>();
        client.run("SHOW FUNCTIONS", rows -> {
            while (rows.next()) {
                var vector = rows.batch().getVector("function");
                for (var row = 0; row < rows.batch().getRowCount(); row++) {
                    functions.add(CellText.of(CellReader.read(vector, row)));
                }
            }
            return (long) functions.size();
        });
        return functions;
    }

    private static List<Table> readTables(Rows rows) {
        var tables = new ArrayList<Table>();
        while (rows.next()) {
            var schemas = (VarCharVector) rows.batch().getVector("db_schema_name");
            var names = (VarCharVector) rows.batch().getVector("table_name");
            var columns = (VarBinaryVector) rows.batch().getVector("table_schema");
            for (var row = 0; row < rows.batch().getRowCount(); row++) {
                tables.add(new Table(
                        schemas.isNull(row) ? "" : schemas.getObject(row).toString(),
                        names.getObject(row).toString(),
                        readColumns(columns.get(row))));
            }
        }
        return tables;
    }

    private static List<String> readColumns(byte[] schema) {
        try (var channel = new ReadChannel(Channels.newChannel(new ByteArrayInputStream(schema)))) {
            return MessageSerializer.deserializeSchema(channel).getFields().stream()
                    .map(Field::getName)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
