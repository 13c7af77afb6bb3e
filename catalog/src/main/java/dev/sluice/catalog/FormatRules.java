package dev.sluice.catalog;

import dev.sluice.core.Code;
import dev.sluice.core.FailureException;
import dev.sluice.core.QualifiedName;
import java.util.Map;
import org.apache.iceberg.TableProperties;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.TypeUtil;
import org.apache.iceberg.types.Types;

/** What each version of Iceberg's table format allows. */
final class FormatRules {
    static final int DEFAULT_VERSION = 2;
    private static final int MAX_VERSION = 3;

    /** The first version with default values, and with types that DuckDB has, too. */
    private static final int RICH_VERSION = 3;

    private FormatRules() {}

    /** The version that a table's properties ask for. */
    static int version(Map<String, String> properties) {
        var text = properties.getOrDefault(TableProperties.FORMAT_VERSION, Integer.toString(DEFAULT_VERSION));
        for (var version = 1; version <= MAX_VERSION; version++) {
            if (text.equals(Integer.toString(version))) {
                return version;
            }
        }
        throw CatalogFailures.invalidValue("Invalid format-version '" + text + "': expected 1, 2 or 3");
    }

    /** Fails for a column that a table of the version cannot have. */
    static void require(QualifiedName table, Types.NestedField column, int version) {
        for (var field : TypeUtil.indexById(Types.StructType.of(column)).values()) {
            if (field.initialDefault() != null || field.writeDefault() != null) {
                requireDefaults(table, column.name(), version);
            }
            if (field.type().typeId() == Type.TypeID.TIMESTAMP_NANO && version < RICH_VERSION) {
                throw tooOld(
                        table, "Type " + SqlTypes.name(field.type()) + " of column '" + column.name() + "'", version);
            }
        }
    }

    static void requireDefaults(QualifiedName table, String column, int version) {
        if (version < RICH_VERSION) {
            throw tooOld(table, "The DEFAULT of column '" + column + "'", version);
        }
    }

    private static FailureException tooOld(QualifiedName table, String what, int version) {
        return CatalogFailures.invalid(
                Code.UNSUPPORTED,
                what + " needs format version 3, and table '" + table + "' has " + version
                        + ": set TBLPROPERTIES ('format-version' = '3')");
    }
}
