package dev.sluice.catalog;

import dev.sluice.core.Failure;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.apache.iceberg.TableProperties;

/** Which properties a table may be given: Iceberg's own with values that Iceberg can read, and any others. */
final class PropertyRules {

    private record Rule(Predicate<String> allows, String expected) {
        static Rule oneOf(String... values) {
            return new Rule(text -> List.of(values).contains(text.toLowerCase(Locale.ROOT)), String.join(", ", values));
        }
    }

    private static final Rule TRUTH = new Rule(PropertyRules::isFlag, "true or false");
    private static final Rule WHOLE = new Rule(text -> isWhole(text, 0), "a whole number");
    private static final Rule POSITIVE = new Rule(text -> isWhole(text, 1), "a whole number above 0");
    private static final Rule SHARE = new Rule(PropertyRules::isShare, "a number between 0 and 1");
    private static final Rule LEVEL =
            new Rule(text -> isWhole(text, 1) && Long.parseLong(text) <= 22, "a number from 1 to 22, of zstd");
    private static final Rule MODE = Rule.oneOf("copy-on-write", "merge-on-read");
    private static final Rule ISOLATION = Rule.oneOf("serializable", "snapshot");
    private static final Rule METRICS = new Rule(
            text -> text.toLowerCase(Locale.ROOT).matches("none|counts|full|truncate\\(0*[1-9]\\d{0,8}\\)"),
            "none, counts, truncate(length) or full");

    private static final Map<String, Rule> RULES = Map.ofEntries(
            Map.entry(TableProperties.FORMAT_VERSION, Rule.oneOf("1", "2", "3")),
            Map.entry(TableProperties.DEFAULT_FILE_FORMAT, Rule.oneOf("parquet")),
            Map.entry(TableProperties.DELETE_DEFAULT_FILE_FORMAT, Rule.oneOf("parquet")),
            Map.entry(
                    TableProperties.PARQUET_COMPRESSION,
                    Rule.oneOf("zstd", "gzip", "snappy", "lz4", "brotli", "uncompressed")),
            Map.entry(TableProperties.PARQUET_COMPRESSION_LEVEL, LEVEL),
            Map.entry(TableProperties.METADATA_COMPRESSION, Rule.oneOf("none", "gzip")),
            Map.entry(TableProperties.DELETE_MODE, MODE),
            Map.entry(TableProperties.UPDATE_MODE, MODE),
            Map.entry(TableProperties.MERGE_MODE, MODE),
            Map.entry(TableProperties.DELETE_ISOLATION_LEVEL, ISOLATION),
            Map.entry(TableProperties.UPDATE_ISOLATION_LEVEL, ISOLATION),
            Map.entry(TableProperties.MERGE_ISOLATION_LEVEL, ISOLATION),
            Map.entry(TableProperties.DELETE_GRANULARITY, Rule.oneOf("file", "partition")),
            Map.entry(TableProperties.WRITE_DISTRIBUTION_MODE, Rule.oneOf("none", "hash", "range")),
            Map.entry(TableProperties.DEFAULT_WRITE_METRICS_MODE, METRICS),
            Map.entry(TableProperties.METRICS_MAX_INFERRED_COLUMN_DEFAULTS, POSITIVE),
            Map.entry(TableProperties.WRITE_TARGET_FILE_SIZE_BYTES, POSITIVE),
            Map.entry(TableProperties.DELETE_TARGET_FILE_SIZE_BYTES, POSITIVE),
            Map.entry(TableProperties.PARQUET_ROW_GROUP_SIZE_BYTES, POSITIVE),
            Map.entry(TableProperties.PARQUET_PAGE_SIZE_BYTES, POSITIVE),
            Map.entry(TableProperties.PARQUET_PAGE_ROW_LIMIT, POSITIVE),
            Map.entry(TableProperties.PARQUET_DICT_SIZE_BYTES, POSITIVE),
            Map.entry(TableProperties.PARQUET_BLOOM_FILTER_MAX_BYTES, POSITIVE),
            Map.entry(TableProperties.MANIFEST_TARGET_SIZE_BYTES, POSITIVE),
            Map.entry(TableProperties.MANIFEST_MIN_MERGE_COUNT, POSITIVE),
            Map.entry(TableProperties.MANIFEST_MERGE_ENABLED, TRUTH),
            Map.entry(TableProperties.COMMIT_NUM_RETRIES, WHOLE),
            Map.entry(TableProperties.COMMIT_MIN_RETRY_WAIT_MS, WHOLE),
            Map.entry(TableProperties.COMMIT_MAX_RETRY_WAIT_MS, WHOLE),
            Map.entry(TableProperties.COMMIT_TOTAL_RETRY_TIME_MS, WHOLE),
            Map.entry(TableProperties.METADATA_PREVIOUS_VERSIONS_MAX, POSITIVE),
            Map.entry(TableProperties.METADATA_DELETE_AFTER_COMMIT_ENABLED, TRUTH),
            Map.entry(TableProperties.MAX_SNAPSHOT_AGE_MS, POSITIVE),
            Map.entry(TableProperties.MIN_SNAPSHOTS_TO_KEEP, POSITIVE),
            Map.entry(TableProperties.MAX_REF_AGE_MS, POSITIVE),
            Map.entry(TableProperties.GC_ENABLED, TRUTH),
            Map.entry(TableProperties.UPSERT_ENABLED, TRUTH),
            Map.entry(TableProperties.OBJECT_STORE_ENABLED, TRUTH),
            Map.entry(TableProperties.SPLIT_SIZE, POSITIVE),
            Map.entry(TableProperties.SPLIT_LOOKBACK, POSITIVE),
            Map.entry(TableProperties.SPLIT_OPEN_FILE_COST, WHOLE));

    private static final Map<String, Rule> PREFIXES = Map.of(
            TableProperties.METRICS_MODE_COLUMN_CONF_PREFIX, METRICS,
            TableProperties.PARQUET_BLOOM_FILTER_COLUMN_ENABLED_PREFIX, TRUTH,
            TableProperties.PARQUET_BLOOM_FILTER_COLUMN_FPP_PREFIX, SHARE);

    /** The first names a class to load, the second promises what is not done. */
    private static final Set<String> UNSUPPORTED =
            Set.of(TableProperties.WRITE_LOCATION_PROVIDER_IMPL, TableProperties.ENCRYPTION_TABLE_KEY);

    private PropertyRules() {}

    /** Fails for a value that Iceberg cannot read, and for what is no property to set. */
    static void require(Map<String, String> properties) {
        properties.forEach(PropertyRules::require);
    }

    private static void require(String key, String value) {
        requireChangeable(key);
        if (UNSUPPORTED.contains(key)) {
            throw Failure.unsupported("Table property '" + key + "' is not supported")
                    .exception();
        }
        var rule = RULES.get(key);
        if (rule == null) {
            rule = PREFIXES.entrySet().stream()
                    .filter(entry -> key.startsWith(entry.getKey()))
                    .findFirst()
                    .map(Map.Entry::getValue)
                    .orElse(null);
        }
        if (rule != null && !rule.allows().test(value)) {
            throw CatalogFailures.invalidValue(
                    "Invalid value '" + value + "' of table property '" + key + "': expected " + rule.expected());
        }
    }

    /** Fails for what Iceberg keeps itself. */
    static void requireChangeable(String key) {
        if (TableProperties.RESERVED_PROPERTIES.contains(key) && !key.equals(TableProperties.FORMAT_VERSION)) {
            throw CatalogFailures.invalidValue("'" + key + "' is no table property to change: Iceberg keeps it itself");
        }
    }

    private static boolean isFlag(String text) {
        return text.equalsIgnoreCase("true") || text.equalsIgnoreCase("false");
    }

    private static boolean isWhole(String text, long min) {
        try {
            return Long.parseLong(text) >= min;
        } catch (NumberFormatException _) {
            return false;
        }
    }

    private static boolean isShare(String text) {
        try {
            return Double.parseDouble(text) > 0 && Double.parseDouble(text) < 1;
        } catch (NumberFormatException _) {
            return false;
        }
    }
}
