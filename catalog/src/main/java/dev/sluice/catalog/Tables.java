package dev.sluice.catalog;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import dev.sluice.core.Code;
import dev.sluice.core.PartitionField;
import dev.sluice.core.QualifiedName;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.regex.Pattern;
import org.apache.arrow.vector.types.pojo.Schema;
import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.TableMetadataParser;
import org.apache.iceberg.TableProperties;

/** Iceberg's table metadata as {@link TableVersion}s, and drafts of new tables. Thread-safe. */
final class Tables {
    private static final int CACHED_SNAPSHOTS = 20_000;
    private static final int LEAST_WEIGHT = 10;
    private static final int MAX_FOLDER_NAME = 64;
    private static final Pattern NOT_IN_PATHS = Pattern.compile("[^A-Za-z0-9_-]");

    private final Path warehouse;
    private final WarehouseIO files;
    private final LoadingCache<String, TableMetadata> metadata;

    Tables(Path warehouse, WarehouseIO files) {
        this.warehouse = warehouse;
        this.files = files;
        this.metadata = Caffeine.newBuilder()
                .maximumWeight(CACHED_SNAPSHOTS)
                .weigher((String _, TableMetadata table) ->
                        LEAST_WEIGHT + table.snapshots().size())
                .build(location -> TableMetadataParser.read(files, location));
    }

    TableMetadata metadata(String location) {
        return CatalogFailures.translated("Reading table metadata " + location, () -> metadata.get(location));
    }

    /** Takes in what a catalog's server has told, so that it need not be read. */
    void remember(TableMetadata table) {
        var _ = metadata.get(Objects.requireNonNull(table.metadataFileLocation()), _ -> table);
    }

    TableVersion version(QualifiedName name, Commit commit, String location) {
        var table = metadata(location);
        var current = table.currentSnapshot();
        return new TableVersion(
                name,
                commit,
                IcebergTypes.toArrow(table.schema()),
                Partitioning.fromIceberg(table.spec()),
                SortKeys.fromIceberg(table.sortOrder()),
                properties(table),
                current == null ? OptionalLong.empty() : OptionalLong.of(current.snapshotId()),
                dataFolder(table.location()),
                location);
    }

    /** With the format version among them, as other engines show it. */
    private static Map<String, String> properties(TableMetadata table) {
        var all = new HashMap<>(table.properties());
        all.put(TableProperties.FORMAT_VERSION, Integer.toString(table.formatVersion()));
        return all;
    }

    private Path dataFolder(String location) {
        return files.path(location).resolve("data");
    }

    TableVersion atSnapshot(TableVersion version, long snapshotId) {
        var table = metadata(version.metadataLocation());
        var snapshot = table.snapshot(snapshotId);
        if (snapshot == null) {
            throw CatalogFailures.notFound(
                    Code.TABLE_NOT_FOUND, "Table '" + version.name() + "' has no snapshot " + snapshotId);
        }
        var schemaId = snapshot.schemaId();
        var schema = schemaId == null
                ? table.schema()
                : Objects.requireNonNull(table.schemasById().get(schemaId));
        return new TableVersion(
                version.name(),
                version.commit(),
                IcebergTypes.toArrow(schema),
                version.partitioning(),
                version.order(),
                version.properties(),
                OptionalLong.of(snapshotId),
                version.dataFolder(),
                version.metadataLocation());
    }

    /** The table as it was at a time, by its own snapshots; {@code INVALID_VALUE} where it had none yet. */
    TableVersion atTime(TableVersion version, Instant time) {
        return metadata(version.metadataLocation()).snapshotLog().stream()
                .filter(entry -> entry.timestampMillis() <= time.toEpochMilli())
                .reduce((_, later) -> later)
                .map(entry -> atSnapshot(version, entry.snapshotId()))
                .orElseThrow(() -> CatalogFailures.invalidValue(
                        "Table '" + version.name() + "' has no snapshot as old as " + time));
    }

    TableVersion draft(
            QualifiedName name,
            Schema columns,
            List<PartitionField> partitioning,
            Map<String, String> properties,
            Optional<TableVersion> replaced,
            Commit commit) {
        requireDistinct(columns);
        PropertyRules.require(properties);
        var schema = IcebergTypes.withNewIds(columns);
        var version = replaced.filter(_ -> !properties.containsKey(TableProperties.FORMAT_VERSION))
                .map(table -> metadata(table.metadataLocation()).formatVersion())
                .orElseGet(() -> FormatRules.version(properties));
        schema.columns().forEach(column -> FormatRules.require(name, column, version));
        var spec = Partitioning.toIceberg(schema, partitioning);
        var all = new HashMap<>(properties);
        all.put(TableProperties.FORMAT_VERSION, Integer.toString(version));
        all.putIfAbsent(TableProperties.PARQUET_COMPRESSION, "zstd");
        // each commit writes the whole history anew, and old metadata stays for as long as a commit names it
        all.putIfAbsent(TableProperties.METADATA_COMPRESSION, "gzip");
        var folder = warehouse.resolve(newFolder(name));
        var draft = new TableVersion(
                name,
                commit,
                IcebergTypes.toArrow(schema),
                Partitioning.fromIceberg(spec),
                List.of(),
                all,
                OptionalLong.empty(),
                folder.resolve("data"),
                "");
        return replaced.map(table -> draft(draft, table)).orElse(draft);
    }

    /** The draft as it takes the place of a table: columns of the same name keep their ids, and no id is used again. */
    private TableVersion draft(TableVersion draft, TableVersion replaced) {
        var table = replacement(draft, metadata(replaced.metadataLocation()));
        return new TableVersion(
                draft.name(),
                draft.commit(),
                IcebergTypes.toArrow(table.schema()),
                Partitioning.fromIceberg(table.spec()),
                draft.order(),
                draft.properties(),
                OptionalLong.empty(),
                replaced.dataFolder(),
                "");
    }

    /** The metadata of a table whose place a draft takes: without a present snapshot, but with all that were. */
    static TableMetadata replacement(TableVersion draft, TableMetadata replaced) {
        var schema = IcebergTypes.withIdsOf(draft.schema());
        return replaced.buildReplacement(
                schema,
                Partitioning.toIceberg(schema, draft.partitioning()),
                SortKeys.toIceberg(schema, draft.order()),
                replaced.location(),
                draft.properties());
    }

    private static void requireDistinct(Schema columns) {
        if (columns.getFields().isEmpty()) {
            throw CatalogFailures.invalid(Code.INVALID_STATEMENT, "A table needs at least one column");
        }
        var seen = new HashSet<String>();
        for (var field : columns.getFields()) {
            if (!seen.add(Names.fold(field.getName()))) {
                throw CatalogFailures.invalid(Code.AMBIGUOUS_NAME, "Column '" + field.getName() + "' is there twice");
            }
        }
    }

    /** A folder that nothing else has, for a table or a view of the name. */
    static String newFolder(QualifiedName name) {
        return folderName(name.schema())
                + '/'
                + folderName(name.name())
                + '-'
                + UUID.randomUUID().toString().substring(0, 8);
    }

    /** A name with nothing in it that means something in a path or a glob. */
    private static String folderName(String name) {
        var safe = NOT_IN_PATHS.matcher(name).replaceAll("_");
        return safe.substring(0, Math.min(safe.length(), MAX_FOLDER_NAME));
    }

    /** The metadata of a table that is made real: what its draft says, without a snapshot. */
    TableMetadata create(TableVersion draft) {
        var schema = IcebergTypes.withIdsOf(draft.schema());
        var stored = new HashMap<>(draft.properties());
        stored.remove(TableProperties.FORMAT_VERSION);
        return TableMetadata.buildFromEmpty(FormatRules.version(draft.properties()))
                .assignUUID()
                .setLocation(files.location(draft.dataFolder().resolve("..").normalize()))
                .setCurrentSchema(schema, schema.highestFieldId())
                .setDefaultPartitionSpec(Partitioning.toIceberg(schema, draft.partitioning()))
                .setDefaultSortOrder(SortKeys.toIceberg(schema, draft.order()))
                .setProperties(stored)
                .build();
    }
}
