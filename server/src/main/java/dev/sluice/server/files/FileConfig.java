package dev.sluice.server.files;

import dev.sluice.s3.S3Uri;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What COPY INTO may read, and what that takes of the disk.
 *
 * @param folders with all that is below; absent where it may read anything
 * @param temp where objects lie while they are read
 * @param copiedBytes how much of them a statement copies at once; an object that is greater is copied by itself
 */
public record FileConfig(Optional<Folders> folders, Path temp, long copiedBytes) {
    /**
     * Folders that may be read.
     *
     * @param local of the server's disk
     * @param buckets of S3, or folders in them
     */
    public record Folders(List<Path> local, List<S3Uri> buckets) {
        @Override
        public String toString() {
            return Stream.concat(local.stream(), buckets.stream())
                    .map(Object::toString)
                    .collect(Collectors.joining(", ", "[", "]"));
        }
    }
}
