package dev.sluice.core;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;

/** What every table can tell of a row besides its columns: a statement may name it, and {@code *} does not show it. */
public enum RowColumn {
    /** The location of the row's data file. */
    FILE,
    /** The row's number in its file, from 0. */
    POS,
    /** The id of the partition spec that the file was written by. */
    SPEC_ID,
    /** The file's partition in the words of Iceberg's paths, {@code city=Oslo/day=2026-01-31}; empty without one. */
    PARTITION,
    /** The row's identity, which it keeps while its values change (format version 3). */
    ROW_ID,
    /** The sequence number of the commit that last changed the row (format version 3). */
    LAST_UPDATED_SEQUENCE_NUMBER;

    /** The name in SQL, such as {@code _file}. */
    public String sqlName() {
        return '_' + name().toLowerCase(Locale.ROOT);
    }

    public Field field() {
        return switch (this) {
            case FILE, PARTITION -> Field.nullable(sqlName(), ArrowType.Utf8.INSTANCE);
            case SPEC_ID -> Field.nullable(sqlName(), new ArrowType.Int(Integer.SIZE, true));
            case POS, ROW_ID, LAST_UPDATED_SEQUENCE_NUMBER ->
                Field.nullable(sqlName(), new ArrowType.Int(Long.SIZE, true));
        };
    }

    /** The one that an identifier names, in any case. */
    public static Optional<RowColumn> find(String identifier) {
        return Stream.of(values())
                .filter(column -> column.sqlName().equalsIgnoreCase(identifier))
                .findFirst();
    }

    /** Those that the table has: the ones whose names are not those of its own columns. */
    public static List<RowColumn> of(List<Field> columns) {
        return Stream.of(values())
                .filter(row -> columns.stream().noneMatch(c -> c.getName().equalsIgnoreCase(row.sqlName())))
                .toList();
    }
}
