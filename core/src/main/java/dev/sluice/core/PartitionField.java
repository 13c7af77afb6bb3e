package dev.sluice.core;

/** One field of a table's partitioning: a top-level column and what is done to its values. */
public record PartitionField(String column, Transform transform) {

    /** Iceberg's partition transforms. */
    public sealed interface Transform {}

    public record Identity() implements Transform {}

    public record Year() implements Transform {}

    public record Month() implements Transform {}

    public record Day() implements Transform {}

    public record Hour() implements Transform {}

    /** Hash of the value, modulo {@code buckets}. */
    public record Bucket(int buckets) implements Transform {
        public Bucket {
            if (buckets < 1) {
                throw new IllegalArgumentException("bucket() needs at least one bucket, but has " + buckets);
            }
        }
    }

    /** The value cut to {@code width} characters, or down to a multiple of it. */
    public record Truncate(int width) implements Transform {
        public Truncate {
            if (width < 1) {
                throw new IllegalArgumentException("truncate() needs a width of at least 1, but has " + width);
            }
        }
    }
}
