package dev.sluice.server.flight;

import dev.sluice.server.query.LakeMetadata;
import dev.sluice.server.query.LakeMetadata.Kind;
import dev.sluice.server.query.LakeMetadata.Table;
import dev.sluice.server.query.LikePattern;
import dev.sluice.server.session.Session;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.Predicate;
import org.apache.arrow.flight.FlightProducer.ServerStreamListener;
import org.apache.arrow.flight.sql.FlightSqlColumnMetadata;
import org.apache.arrow.flight.sql.FlightSqlProducer.Schemas;
import org.apache.arrow.flight.sql.SqlInfoBuilder;
import org.apache.arrow.flight.sql.impl.FlightSql.CommandGetDbSchemas;
import org.apache.arrow.flight.sql.impl.FlightSql.CommandGetTables;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.VarBinaryVector;
import org.apache.arrow.vector.VarCharVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.Schema;

/** Catalogs, schemas, tables and their columns, in the shapes that Flight SQL fixes. Thread-safe. */
final class MetadataResults {
    private static final String CATALOG = "sluice";

    private final LakeMetadata lake;
    private final BufferAllocator allocator;
    private final SqlInfoBuilder info;

    MetadataResults(LakeMetadata lake, BufferAllocator allocator, SqlInfoBuilder info) {
        this.lake = lake;
        this.allocator = allocator;
        this.info = info;
    }

    /** Facts of the server by their numbers; all of them where none is asked for. */
    void sqlInfo(List<Integer> wanted, ServerStreamListener listener) {
        info.send(wanted, listener);
    }

    void catalogs(ServerStreamListener listener) {
        send(listener, Schemas.GET_CATALOGS_SCHEMA, List.of(List.of(CATALOG)));
    }

    void tableTypes(ServerStreamListener listener) {
        send(listener, Schemas.GET_TABLE_TYPES_SCHEMA, List.of(List.of(Kind.TABLE.name()), List.of(Kind.VIEW.name())));
    }

    void schemas(Session session, CommandGetDbSchemas command, ServerStreamListener listener) {
        Predicate<String> named = command.hasDbSchemaFilterPattern()
                ? LikePattern.escaped(command.getDbSchemaFilterPattern())
                : MetadataResults::any;
        var rows = isOurs(command.hasCatalog(), command.getCatalog())
                ? lake.schemas(session).stream()
                        .filter(named)
                        .map(schema -> List.<Object>of(CATALOG, schema))
                        .toList()
                : List.<List<Object>>of();
        send(listener, Schemas.GET_SCHEMAS_SCHEMA, rows);
    }

    void tables(Session session, CommandGetTables command, ServerStreamListener listener) {
        Predicate<String> inSchema = command.hasDbSchemaFilterPattern()
                ? LikePattern.escaped(command.getDbSchemaFilterPattern())
                : MetadataResults::any;
        Predicate<String> named = command.hasTableNameFilterPattern()
                ? LikePattern.escaped(command.getTableNameFilterPattern())
                : MetadataResults::any;
        var types = command.getTableTypesList();
        var tables = isOurs(command.hasCatalog(), command.getCatalog())
                ? lake.tables(session, name -> inSchema.test(name.schema()) && named.test(name.name()))
                : List.<Table>of();
        var rows = tables.stream()
                .filter(table -> types.isEmpty() || types.contains(table.kind().name()))
                .map(table -> row(table, command.getIncludeSchema()))
                .toList();
        send(
                listener,
                command.getIncludeSchema() ? Schemas.GET_TABLES_SCHEMA : Schemas.GET_TABLES_SCHEMA_NO_SCHEMA,
                rows);
    }

    /** The types that columns can have, or the one of that code. */
    void types(OptionalInt code, ServerStreamListener listener) {
        try (var root = TypeInfo.batch(code, allocator)) {
            listener.start(root);
            listener.putNext();
            listener.completed();
        }
    }

    /** A result without rows: there are no keys. */
    void none(Schema schema, ServerStreamListener listener) {
        send(listener, schema, List.of());
    }

    private static List<Object> row(Table table, boolean withColumns) {
        var name = table.name();
        return withColumns
                ? List.of(CATALOG, name.schema(), name.name(), table.kind().name(), serialized(table))
                : List.of(CATALOG, name.schema(), name.name(), table.kind().name());
    }

    private static byte[] serialized(Table table) {
        var columns = new Schema(table.columns().getFields().stream()
                .map(field -> column(table, field))
                .toList());
        return columns.serializeAsMessage();
    }

    private static Field column(Table table, Field field) {
        var builder = new FlightSqlColumnMetadata.Builder()
                .catalogName(CATALOG)
                .schemaName(table.name().schema())
                .tableName(table.name().name());
        var comment = field.getMetadata().get("comment");
        return ResultFields.annotated(field, comment == null ? builder : builder.remarks(comment));
    }

    private static boolean isOurs(boolean named, String catalog) {
        return !named || catalog.isEmpty() || CATALOG.equalsIgnoreCase(catalog);
    }

    private static boolean any(String name) {
        return !name.isEmpty();
    }

    private void send(ServerStreamListener listener, Schema schema, List<List<Object>> rows) {
        try (var root = VectorSchemaRoot.create(schema, allocator)) {
            root.allocateNew();
            for (var row = 0; row < rows.size(); row++) {
                for (var column = 0; column < rows.get(row).size(); column++) {
                    set(root, column, row, rows.get(row).get(column));
                }
            }
            root.setRowCount(rows.size());
            listener.start(root);
            listener.putNext();
            listener.completed();
        }
    }

    private static void set(VectorSchemaRoot root, int column, int row, Object value) {
        if (value instanceof byte[] bytes) {
            ((VarBinaryVector) root.getVector(column)).setSafe(row, bytes);
        } else {
            ((VarCharVector) root.getVector(column)).setSafe(row, ((String) value).getBytes(StandardCharsets.UTF_8));
        }
    }
}
