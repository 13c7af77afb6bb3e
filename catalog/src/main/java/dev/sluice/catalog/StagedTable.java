package dev.sluice.catalog;

import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.apache.iceberg.BaseTable;
import org.apache.iceberg.LocationProviders;
import org.apache.iceberg.Table;
import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.TableMetadataParser;
import org.apache.iceberg.TableOperations;
import org.apache.iceberg.TableProperties;
import org.apache.iceberg.io.InputFile;
import org.apache.iceberg.io.LocationProvider;
import org.apache.iceberg.io.OutputFile;

/**
 * A table whose changes stay here until {@link #write} puts them into a metadata file, which a commit of the catalog
 * then makes the table's state. All files that it wrote go with {@link #discard}. Confined to one thread, but for the
 * manifests that Iceberg writes in parallel.
 */
final class StagedTable implements TableOperations {
    private final Recording io;
    private final int version;
    private final TableMetadata base;
    private TableMetadata metadata;

    StagedTable(TableMetadata base, WarehouseIO files) {
        this.base = base;
        this.metadata = base;
        this.io = new Recording(files, new CopyOnWriteArrayList<>());
        this.version = Optional.ofNullable(base.metadataFileLocation())
                        .map(StagedTable::version)
                        .orElse(-1)
                + 1;
    }

    private static int version(String location) {
        var name = location.substring(location.lastIndexOf('/') + 1);
        var digits = name.substring(0, Math.max(0, name.indexOf('-')));
        return digits.matches("\\d{1,9}") ? Integer.parseInt(digits) : 0;
    }

    /** Iceberg's face of this table. */
    Table table() {
        return new BaseTable(this, metadata.location(), _ -> {});
    }

    /** Whether it is another table than it was at first. */
    boolean isChanged() {
        return !metadata.equals(base);
    }

    /** Writes the state as it is now to a new metadata file, and gives its location. */
    String write() {
        var digits = Integer.toString(version);
        var codec =
                metadata.property(TableProperties.METADATA_COMPRESSION, TableProperties.METADATA_COMPRESSION_DEFAULT);
        var name = "0".repeat(Math.max(0, 5 - digits.length()))
                + digits
                + '-'
                + UUID.randomUUID()
                + TableMetadataParser.getFileExtension(codec);
        var location = metadataFileLocation(name);
        TableMetadataParser.write(metadata, io.newOutputFile(location));
        return location;
    }

    /** Deletes all that was written; only for a commit that is known not to have happened. */
    void discard() {
        io.written().forEach(io::deleteFile);
    }

    @Override
    public TableMetadata current() {
        return metadata;
    }

    @Override
    public TableMetadata refresh() {
        return metadata;
    }

    @Override
    public void commit(TableMetadata base, TableMetadata changed) {
        metadata = changed;
    }

    @Override
    public WarehouseIO io() {
        return io;
    }

    @Override
    public String metadataFileLocation(String fileName) {
        return metadata.location() + "/metadata/" + fileName;
    }

    @Override
    public LocationProvider locationProvider() {
        return LocationProviders.locationsFor(metadata.location(), metadata.properties());
    }

    /** Remembers what is written through it. */
    private record Recording(WarehouseIO files, List<String> written) implements WarehouseIO {
        @Override
        public Path path(String location) {
            return files.path(location);
        }

        @Override
        public String location(Path path) {
            return files.location(path);
        }

        @Override
        public Path real(Path path) {
            return files.real(path);
        }

        @Override
        public void publish(Collection<Path> published) {
            files.publish(published);
        }

        @Override
        public void withdraw(Collection<Path> withdrawn) {
            files.withdraw(withdrawn);
        }

        @Override
        public void visit(Path folder, Consumer<Stored> visitor) {
            files.visit(folder, visitor);
        }

        @Override
        public InputFile newInputFile(String location) {
            return files.newInputFile(location);
        }

        @Override
        public OutputFile newOutputFile(String location) {
            written.add(location);
            return files.newOutputFile(location);
        }

        @Override
        public void deleteFile(String location) {
            files.deleteFile(location);
        }

        @Override
        public Map<String, String> properties() {
            return files.properties();
        }
    }
}
