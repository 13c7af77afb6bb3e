package dev.sluice.core;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A Parquet file of a table at a snapshot, and what takes rows away from it.
 *
 * @param path where it lies
 * @param rows how many rows it holds, those that were deleted included
 * @param bytes its length
 * @param deletes all that apply to it, in no order
 */
public record TableFile(Path path, long rows, long bytes, Origin origin, Columns columns, List<RowDelete> deletes) {
    public TableFile {
        deletes = List.copyOf(deletes);
    }

    /** A file without deletes, of which nothing more is known. */
    public static TableFile of(Path path, long rows, long bytes) {
        return new TableFile(
                path,
                rows,
                bytes,
                new Origin(path.toString(), 0, OptionalLong.empty(), Partition.NONE),
                Columns.BY_ID,
                List.of());
    }

    /**
     * What the table's metadata says of where the file comes from.
     *
     * @param location its path as the metadata writes it, and as position deletes repeat it
     * @param sequence Iceberg's data sequence number, which tells it from older and younger files
     * @param firstRowId what its rows' numbers are added to for their ids; absent below format version 3
     */
    public record Origin(String location, long sequence, OptionalLong firstRowId, Partition partition) {}

    /**
     * The partition in which the file lies.
     *
     * @param specId the id of the spec by which it was written
     * @param path in Iceberg's words, {@code city=Oslo/day=2026-01-31}; empty where the spec has no fields
     * @param scope the same number for all files of one scan that lie in one partition of one spec
     */
    public record Partition(int specId, String path, int scope) {
        public static final Partition NONE = new Partition(0, "", 0);
    }

    /**
     * What must be known to find the table's columns in the file, besides their ids.
     *
     * @param constants by field id, columns that have one value in all rows, which the file may leave out: the value as
     *     a text that SQL casts to the column's type, empty for null
     * @param varied whether nested columns may have other fields in the file than in the table
     * @param names ids by name, for a file without ids; empty where the table has no name mapping
     */
    public record Columns(Map<Integer, Optional<String>> constants, boolean varied, List<MappedName> names) {
        public static final Columns BY_ID = new Columns(Map.of(), false, List.of());

        public Columns {
            constants = Map.copyOf(constants);
            names = List.copyOf(names);
        }
    }
}
