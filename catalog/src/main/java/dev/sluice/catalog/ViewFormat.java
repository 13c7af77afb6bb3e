package dev.sluice.catalog;

import dev.sluice.core.Code;
import dev.sluice.core.QualifiedName;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;
import org.apache.iceberg.catalog.Namespace;
import org.apache.iceberg.view.ImmutableSQLViewRepresentation;
import org.apache.iceberg.view.ImmutableViewVersion;
import org.apache.iceberg.view.SQLViewRepresentation;
import org.apache.iceberg.view.ViewMetadata;

/** Views as Iceberg's metadata says them. */
final class ViewFormat {
    private static final String CATALOG = "sluice";

    /** Before the number of a column, from 0: a property with the column's name in the query. */
    private static final String QUERY_COLUMN = "sluice.query-column.";

    /** All of them, as Spark writes them. */
    private static final String SPARK_QUERY_COLUMNS = "spark.query-column-names";

    /** Whose SQL is most likely to be read here, if a view has several. */
    private static final List<String> DIALECTS = List.of(ViewDefinition.DIALECT, "duckdb", "spark", "trino");

    private ViewFormat() {}

    static ViewDefinition definition(QualifiedName name, ViewMetadata view) {
        var version = view.currentVersion();
        var sql = version.representations().stream()
                .filter(SQLViewRepresentation.class::isInstance)
                .map(SQLViewRepresentation.class::cast)
                .min(Comparator.comparingInt(ViewFormat::rank))
                .orElseThrow(() -> CatalogFailures.invalid(Code.UNSUPPORTED, "View '" + name + "' has no SQL text"));
        var properties = new HashMap<>(view.properties());
        properties.keySet().removeIf(key -> key.startsWith(QUERY_COLUMN));
        var namespace = version.defaultNamespace();
        return new ViewDefinition(
                sql.sql(),
                sql.dialect(),
                namespace.isEmpty() ? name.schema() : namespace.level(namespace.length() - 1),
                IcebergTypes.toArrow(view.schema()),
                queryColumns(view.properties()),
                properties);
    }

    private static int rank(SQLViewRepresentation sql) {
        var rank = DIALECTS.indexOf(sql.dialect());
        return rank < 0 ? DIALECTS.size() : rank;
    }

    private static List<String> queryColumns(Map<String, String> properties) {
        var ours = IntStream.iterate(0, i -> properties.containsKey(QUERY_COLUMN + i), i -> i + 1)
                .mapToObj(i -> Objects.requireNonNull(properties.get(QUERY_COLUMN + i)))
                .toList();
        if (!ours.isEmpty()) {
            return ours;
        }
        return Optional.ofNullable(properties.get(SPARK_QUERY_COLUMNS))
                .filter(text -> !text.isEmpty())
                .map(text -> List.of(text.split(",", -1)))
                .orElse(List.of());
    }

    /**
     * A view that is defined anew; what it was before stays in its metadata.
     *
     * @param location folder of a view that is not there yet
     */
    static ViewMetadata defined(Optional<ViewMetadata> base, String location, ViewDefinition definition, Instant now) {
        var builder = base.map(ViewMetadata::buildFrom)
                .orElseGet(() -> ViewMetadata.builder()
                        .setLocation(location)
                        .assignUUID(UUID.randomUUID().toString()));
        var properties = new HashMap<>(definition.properties());
        for (var i = 0; i < definition.queryColumns().size(); i++) {
            properties.put(QUERY_COLUMN + i, definition.queryColumns().get(i));
        }
        base.ifPresent(view -> {
            var gone = new HashSet<>(view.properties().keySet());
            gone.removeAll(properties.keySet());
            builder.removeProperties(gone);
        });
        var version = ImmutableViewVersion.builder()
                .versionId(1 + base.map(ViewFormat::lastVersion).orElse(0))
                .schemaId(0)
                .timestampMillis(now.toEpochMilli())
                .defaultCatalog(CATALOG)
                .defaultNamespace(Namespace.of(definition.defaultSchema()))
                .putSummary("engine-name", CATALOG)
                .addRepresentations(ImmutableSQLViewRepresentation.builder()
                        .sql(definition.sql())
                        .dialect(definition.dialect())
                        .build())
                .build();
        return builder.setProperties(properties)
                .setCurrentVersion(version, IcebergTypes.withNewIds(definition.columns()))
                .build();
    }

    private static int lastVersion(ViewMetadata view) {
        return view.versions().stream()
                .mapToInt(org.apache.iceberg.view.ViewVersion::versionId)
                .max()
                .orElse(0);
    }
}
