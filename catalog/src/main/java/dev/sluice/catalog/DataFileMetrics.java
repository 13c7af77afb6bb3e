package dev.sluice.catalog;

import dev.sluice.core.DataFile;
import dev.sluice.core.DataFile.ColumnStats;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.iceberg.Metrics;
import org.apache.iceberg.MetricsConfig;
import org.apache.iceberg.MetricsModes;
import org.apache.iceberg.Schema;
import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.types.Conversions;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.TypeUtil;
import org.apache.iceberg.util.BinaryUtil;
import org.apache.iceberg.util.UnicodeUtil;

/**
 * A data file's statistics as Iceberg keeps them, in the detail that the table's properties ask for. A bound that is in
 * doubt is left out: it would hide rows. Confined to one thread.
 */
final class DataFileMetrics {
    private final Schema schema;
    private final MetricsConfig config;
    private final Map<Integer, Integer> parents;

    private final Map<Integer, Long> sizes = new HashMap<>();
    private final Map<Integer, Long> values = new HashMap<>();
    private final Map<Integer, Long> nulls = new HashMap<>();
    private final Map<Integer, Long> nans = new HashMap<>();
    private final Map<Integer, ByteBuffer> lower = new HashMap<>();
    private final Map<Integer, ByteBuffer> upper = new HashMap<>();

    private DataFileMetrics(TableMetadata table) {
        this.schema = table.schema();
        this.config = MetricsConfig.from(table.properties(), schema, table.sortOrder());
        this.parents = TypeUtil.indexParents(schema.asStruct());
    }

    static Metrics of(DataFile file, TableMetadata table) {
        var metrics = new DataFileMetrics(table);
        file.columns().forEach(metrics::add);
        return new Metrics(
                file.rows(), metrics.sizes, metrics.values, metrics.nulls, metrics.nans, metrics.lower, metrics.upper);
    }

    private void add(int id, ColumnStats stats) {
        var type = schema.findType(id);
        if (type == null || !type.isPrimitiveType()) {
            return;
        }
        stats.bytes().ifPresent(bytes -> sizes.put(id, bytes));
        var mode = config.columnMode(schema.findColumnName(id));
        if (mode instanceof MetricsModes.None || isRepeated(id)) {
            return;
        }
        values.put(id, stats.values());
        nulls.put(id, stats.nulls());
        if (isReal(type) && stats.min().isPresent() && stats.max().isPresent()) {
            nans.put(id, 0L);
        }
        var length = switch (mode) {
            case MetricsModes.Counts _ -> 0;
            case MetricsModes.Truncate truncate -> truncate.length();
            default -> Integer.MAX_VALUE;
        };
        if (length > 0) {
            stats.min()
                    .flatMap(text -> PrintedValue.parse(type, text))
                    .map(value -> shortMin(value, length))
                    .ifPresent(value -> lower.put(id, Conversions.toByteBuffer(type, value)));
            stats.max()
                    .flatMap(text -> PrintedValue.parse(type, text))
                    .flatMap(value -> shortMax(value, length))
                    .ifPresent(value -> upper.put(id, Conversions.toByteBuffer(type, value)));
        }
    }

    /** Below a list or a map, where one row has many values and a bound says nothing of the row. */
    private boolean isRepeated(int id) {
        for (var parent = parents.get(id); parent != null; parent = parents.get(parent)) {
            if (!schema.findType(parent).isStructType()) {
                return true;
            }
        }
        return false;
    }

    private static boolean isReal(Type type) {
        return type.typeId() == Type.TypeID.FLOAT || type.typeId() == Type.TypeID.DOUBLE;
    }

    /** Zeros are equal in SQL and not in Iceberg, where -0.0 is less: so it is the lower bound, and 0.0 the upper. */
    private static Object shortMin(Object value, int length) {
        return switch (value) {
            case String text -> UnicodeUtil.truncateStringMin(text, length);
            case ByteBuffer bytes -> BinaryUtil.truncateBinaryMin(bytes, length);
            case Float real when real == 0 -> -0.0f;
            case Double real when real == 0 -> -0.0;
            default -> value;
        };
    }

    private static Optional<Object> shortMax(Object value, int length) {
        return switch (value) {
            case String text -> Optional.ofNullable(UnicodeUtil.truncateStringMax(text, length));
            case ByteBuffer bytes -> Optional.ofNullable(BinaryUtil.truncateBinaryMax(bytes, length));
            case Float real when real == 0 -> Optional.of(0.0f);
            case Double real when real == 0 -> Optional.of(0.0);
            default -> Optional.of(value);
        };
    }
}
