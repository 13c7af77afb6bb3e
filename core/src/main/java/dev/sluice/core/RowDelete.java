package dev.sluice.core;

import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;
import org.apache.arrow.vector.types.pojo.Field;

/** A file, or a part of one, that takes rows away from data files of its table, as Iceberg defines it. */
public sealed interface RowDelete {
    Path path();

    /** A Parquet file of locations of data files and numbers of rows in them. */
    record Positions(Path path) implements RowDelete {}

    /**
     * A deletion vector: the numbers of the rows that one data file lost, as a bitmap in a Puffin file.
     *
     * @param offset where the vector's blob begins
     * @param length the blob's bytes
     * @param cardinality how many rows it takes away
     */
    record Vector(Path path, long offset, long length, long cardinality) implements RowDelete {}

    /**
     * A Parquet file of values: rows that equal one of them are gone, where null equals null.
     *
     * @param columns what is compared, with field ids; the table may have dropped them since
     * @param sequence older data files lose rows by it, and no others
     * @param scope the {@link TableFile.Partition#scope} of the data files that may lose rows; empty for all files
     */
    record Equality(Path path, List<Field> columns, long sequence, OptionalInt scope) implements RowDelete {
        public Equality {
            columns = List.copyOf(columns);
        }
    }
}
