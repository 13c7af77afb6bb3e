package dev.sluice.interop;

import com.google.errorprone.annotations.MustBeClosed;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.apache.arrow.flight.FlightClient;
import org.apache.arrow.flight.Location;
import org.apache.arrow.flight.sql.FlightSqlClient;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;
import org.jspecify.annotations.Nullable;

/** A client of Sluice whose rows have the texts that {@code SparkSql} gives them. Confined to one thread. */
@SuppressWarnings("try") // Arrow's close() declares any Exception
final class SluiceRows implements AutoCloseable {
    private final BufferAllocator allocator = new RootAllocator();
    private final FlightSqlClient client;

    @MustBeClosed
    @SuppressWarnings("MustBeClosedChecker") // the client closes it
    SluiceRows(int port) {
        this.client = new FlightSqlClient(FlightClient.builder(allocator, Location.forGrpcInsecure("127.0.0.1", port))
                .build());
    }

    void update(String sql) {
        var _ = client.executeUpdate(sql);
    }

    List<String> query(String sql) throws Exception {
        var rows = new ArrayList<String>();
        for (var endpoint : client.execute(sql).getEndpoints()) {
            try (var stream = client.getStream(endpoint.getTicket())) {
                while (stream.next()) {
                    var root = stream.getRoot();
                    for (var i = 0; i < root.getRowCount(); i++) {
                        var row = new ArrayList<String>();
                        for (var vector : root.getFieldVectors()) {
                            row.add(text(vector.getField(), vector.getObject(i)));
                        }
                        rows.add(String.join("|", row));
                    }
                }
            }
        }
        return rows;
    }

    private static String text(Field field, @Nullable Object value) {
        return switch (value) {
            case null -> "null";
            case byte[] bytes
            when "arrow.uuid".equals(field.getMetadata().get("ARROW:extension:name")) -> {
                var halves = ByteBuffer.wrap(bytes);
                yield new UUID(halves.getLong(), halves.getLong()).toString();
            }
            case byte[] bytes -> HexFormat.of().formatHex(bytes);
            case BigDecimal number -> number.toPlainString();
            case Integer days
            when field.getType() instanceof ArrowType.Date ->
                LocalDate.ofEpochDay(days).toString();
            case Long micros
            when field.getType() instanceof ArrowType.Timestamp ->
                Instant.EPOCH.plus(micros, ChronoUnit.MICROS).toString();
            case Map<?, ?> struct -> struct(field, struct);
            case List<?> entries when field.getType() instanceof ArrowType.Map -> map(field, entries);
            case List<?> elements -> {
                var element = field.getChildren().getFirst();
                yield elements.stream()
                        .map(each -> text(element, each))
                        .toList()
                        .toString();
            }
            default -> value.toString();
        };
    }

    private static String struct(Field field, Map<?, ?> values) {
        var texts = field.getChildren().stream()
                .map(child -> text(child, values.get(child.getName())))
                .toList();
        return "{" + String.join("|", texts) + "}";
    }

    private static String map(Field field, List<?> entries) {
        var entry = field.getChildren().getFirst().getChildren();
        var sorted = new TreeMap<String, String>();
        for (var each : entries) {
            var pair = (Map<?, ?>) each;
            sorted.put(
                    text(entry.getFirst(), pair.get(entry.getFirst().getName())),
                    text(entry.getLast(), pair.get(entry.getLast().getName())));
        }
        return sorted.toString();
    }

    @Override
    public void close() throws Exception {
        client.close();
        allocator.close();
    }
}
