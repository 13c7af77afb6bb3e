package dev.sluice.core;

/** One field of a table's partitioning: a top-level column and what is done to its values. */
public record PartitionField(String column, Transform transform) {
    /** As SQL writes it. */
    @Override
    public String toString() {
        var name = QualifiedName.shown(column);
        return switch (transform) {
            case Identity() -> name;
            case Year() -> "year(" + name + ")";
            case Month() -> "month(" + name + ")";
            case Day() -> "day(" + name + ")";
            case Hour() -> "hour(" + name + ")";
            case Bucket(var buckets) -> "bucket(" + buckets + ", " + name + ")";
            case Truncate(var width) -> "truncate(" + width + ", " + name + ")";
        };
    }

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
