package dev.sluice.catalog;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.ManifestFile;
import org.apache.iceberg.ManifestFiles;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.StructLike;
import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.TableProperties;
import org.apache.iceberg.io.FileIO;
import org.apache.iceberg.types.Comparators;

/**
 * Which manifest each data file of a snapshot should stand in: as few manifests as their target size allows, each with
 * the files of neighbouring partitions, so that a scan of a few partitions opens few of them. Immutable.
 */
final class ManifestOrder {
    /** How many times as many manifests as needed are too many: a file more or less is not worth a commit. */
    private static final double SCATTERED = 1.5;

    private final Map<Integer, SortedMap<StructLike, Integer>> places;

    private ManifestOrder(Map<Integer, SortedMap<StructLike, Integer>> places) {
        this.places = places;
    }

    static ManifestOrder of(TableMetadata table, FileIO io) {
        var manifests = table.currentSnapshot().dataManifests(io);
        var wanted = wanted(table, manifests);
        var places = new HashMap<Integer, SortedMap<StructLike, Integer>>();
        if (wanted > 1) {
            for (var spec : table.specs()) {
                if (spec.isPartitioned()) {
                    places.put(spec.specId(), ranges(spec, manifests, table, io, wanted));
                }
            }
        }
        return new ManifestOrder(places);
    }

    /** The manifests of the current snapshot, where there are many more than it takes. */
    static List<ManifestFile> scattered(TableMetadata table, FileIO io) {
        if (table.currentSnapshot() == null) {
            return List.of();
        }
        var manifests = table.currentSnapshot().dataManifests(io);
        return manifests.size() > Math.ceil(SCATTERED * wanted(table, manifests)) ? manifests : List.of();
    }

    private static long wanted(TableMetadata table, List<ManifestFile> manifests) {
        var target = table.propertyAsLong(
                TableProperties.MANIFEST_TARGET_SIZE_BYTES, TableProperties.MANIFEST_TARGET_SIZE_BYTES_DEFAULT);
        var specs =
                manifests.stream().map(ManifestFile::partitionSpecId).distinct().count();
        var bytes = manifests.stream().mapToLong(ManifestFile::length).sum();
        return Math.max(specs, Math.ceilDiv(bytes, target));
    }

    /** The place of the manifest for each partition: partitions in order, cut where a manifest is full. */
    private static SortedMap<StructLike, Integer> ranges(
            PartitionSpec spec, List<ManifestFile> manifests, TableMetadata table, FileIO io, long wanted) {
        var files = new TreeMap<StructLike, Integer>(Comparators.forType(spec.partitionType()));
        for (var manifest : manifests) {
            if (manifest.partitionSpecId() == spec.specId()) {
                count(manifest, table, io, files);
            }
        }
        var perManifest = Math.max(1, files.values().stream().mapToLong(i -> i).sum() / wanted);
        var seen = 0L;
        for (var partition : files.entrySet()) {
            var place = (int) (seen / perManifest);
            seen += partition.getValue();
            partition.setValue(place);
        }
        return files;
    }

    private static void count(ManifestFile manifest, TableMetadata table, FileIO io, Map<StructLike, Integer> files) {
        try (var reader = ManifestFiles.read(manifest, io, table.specsById())) {
            for (var file : reader) {
                files.merge(file.copyWithoutStats().partition(), 1, Integer::sum);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Files with equal places belong into one manifest. */
    Integer place(DataFile file) {
        var ranges = places.get(file.specId());
        return ranges == null ? 0 : ranges.getOrDefault(file.partition(), 0);
    }
}
