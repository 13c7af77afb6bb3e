package dev.sluice.catalog;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.iceberg.ContentFile;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.DeleteFile;
import org.apache.iceberg.FileFormat;
import org.apache.iceberg.ManifestContent;
import org.apache.iceberg.ManifestFile;
import org.apache.iceberg.ManifestFiles;
import org.apache.iceberg.ManifestReader;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.TableMetadata;

/** The files that one state of a table has and another has not. Only manifests that the two do not share are read. */
final class FileDifference {
    private final WarehouseIO io;

    FileDifference(WarehouseIO io) {
        this.io = io;
    }

    /** What is named by the manifests that one state alone has. */
    private record Side(Map<String, DataFile> data, Map<String, DeleteFile> deletes) {
        static Side empty() {
            return new Side(new HashMap<>(), new LinkedHashMap<>());
        }
    }

    /** What one state alone has, and what the other. */
    private record Sides(Side from, Side to) {}

    private Sides sides(Optional<TableMetadata> before, Optional<TableMetadata> after) {
        var old = manifests(before);
        var current = manifests(after);
        var from = read(before, without(old, current));
        var to = read(after, without(current, old));
        dropShared(from.data(), to.data());
        dropShared(from.deletes(), to.deletes());
        return new Sides(from, to);
    }

    /** The files themselves, without their columns' statistics. */
    FileChanges changes(TableMetadata before, TableMetadata after) {
        var sides = sides(Optional.of(before), Optional.of(after));
        return new FileChanges(
                List.copyOf(sides.to().data().values()),
                List.copyOf(sides.from().data().values()),
                List.copyOf(sides.to().deletes().values()),
                List.copyOf(sides.from().deletes().values()));
    }

    /** An empty side is a table that is not there. */
    Difference.Files count(Optional<TableMetadata> before, Optional<TableMetadata> after) {
        var sides = sides(before, after);
        var from = sides.from();
        var to = sides.to();
        var exact = Stream.of(from, to)
                .flatMap(side -> side.deletes().values().stream())
                .allMatch(FileDifference::isVector);
        return new Difference.Files(
                to.data().size() + to.deletes().size(),
                from.data().size() + from.deletes().size(),
                exact ? OptionalLong.of(rows(to, from)) : OptionalLong.empty(),
                exact ? OptionalLong.of(rows(from, to)) : OptionalLong.empty());
    }

    /** Rows that one side shows and the other does not; all deletes are vectors, of which a file has at most one. */
    private static long rows(Side side, Side other) {
        var rows =
                side.data().values().stream().mapToLong(DataFile::recordCount).sum();
        var own = cardinalities(side);
        var others = cardinalities(other);
        for (var file : own.keySet()) {
            if (side.data().containsKey(file)) {
                rows -= own.getOrDefault(file, 0L);
            }
        }
        for (var file : others.keySet()) {
            if (!other.data().containsKey(file)) {
                rows += Math.max(0, others.getOrDefault(file, 0L) - own.getOrDefault(file, 0L));
            }
        }
        return rows;
    }

    private static Map<String, Long> cardinalities(Side side) {
        var rows = new HashMap<String, Long>();
        side.deletes().values().forEach(vector -> rows.put(vector.referencedDataFile(), vector.recordCount()));
        return rows;
    }

    private static boolean isVector(DeleteFile file) {
        return file.format() == FileFormat.PUFFIN;
    }

    private List<ManifestFile> manifests(Optional<TableMetadata> table) {
        return table.map(TableMetadata::currentSnapshot)
                .map((Snapshot snapshot) -> snapshot.allManifests(io))
                .orElse(List.of());
    }

    private static List<ManifestFile> without(List<ManifestFile> manifests, List<ManifestFile> others) {
        var shared = new HashSet<String>();
        others.forEach(manifest -> shared.add(manifest.path()));
        return manifests.stream()
                .filter(manifest -> !shared.contains(manifest.path()))
                .toList();
    }

    private Side read(Optional<TableMetadata> table, List<ManifestFile> manifests) {
        var side = Side.empty();
        for (var manifest : manifests) {
            var specs = table.orElseThrow().specsById();
            if (manifest.content() == ManifestContent.DATA) {
                read(ManifestFiles.read(manifest, io, specs), side.data());
            } else {
                read(ManifestFiles.readDeleteManifest(manifest, io, specs), side.deletes());
            }
        }
        return side;
    }

    /** The live files of a manifest; several vectors can share one Puffin file. */
    private static <F extends ContentFile<F>> void read(ManifestReader<F> manifest, Map<String, F> files) {
        try (manifest) {
            for (var file : manifest) {
                var offset = file instanceof DeleteFile deletes && deletes.contentOffset() != null
                        ? "#" + deletes.contentOffset()
                        : "";
                files.put(file.location() + offset, file.copyWithoutStats());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static <F> void dropShared(Map<String, F> one, Map<String, F> other) {
        Set<String> shared = new HashSet<>(one.keySet());
        shared.retainAll(other.keySet());
        one.keySet().removeAll(shared);
        other.keySet().removeAll(shared);
    }
}
