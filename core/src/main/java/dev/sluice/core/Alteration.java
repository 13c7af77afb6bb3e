package dev.sluice.core;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.arrow.vector.types.pojo.Field;

/**
 * One action of ALTER TABLE. Neighbours of one kind are done at once, so that their names are those of the table before
 * them.
 */
public sealed interface Alteration {
    /** Changes columns, or fields within them. */
    sealed interface OfColumns extends Alteration {
        ColumnPath path();
    }

    /** Changes how rows that are written from now on are partitioned. */
    sealed interface OfPartitioning extends Alteration {}

    /** Changes the table's properties. */
    sealed interface OfProperties extends Alteration {}

    /**
     * A new column or field.
     *
     * @param column without field ids; its write default, where it has one, is the value of the rows that exist, too
     */
    record AddColumn(ColumnPath path, Field column, Optional<Place> place, boolean ifNotExists) implements OfColumns {}

    record DropColumn(ColumnPath path, boolean ifExists) implements OfColumns {}

    record RenameColumn(ColumnPath path, String name) implements OfColumns {}

    /**
     * A wider type.
     *
     * @param type a field of that type, without field ids
     */
    record SetType(ColumnPath path, Field type) implements OfColumns {}

    /** Refused where a row may have no value. */
    record SetNotNull(ColumnPath path) implements OfColumns {}

    record DropNotNull(ColumnPath path) implements OfColumns {}

    /**
     * What is said of the column.
     *
     * @param comment empty to have none
     */
    record SetComment(ColumnPath path, String comment) implements OfColumns {}

    record Move(ColumnPath path, Place place) implements OfColumns {}

    /**
     * The value that new rows get whose writer says nothing of the column.
     *
     * @param text as of {@link FieldDefaults}
     */
    record SetDefault(ColumnPath path, String text) implements OfColumns {}

    record DropDefault(ColumnPath path) implements OfColumns {}

    /** Where a column stands among its neighbours. */
    sealed interface Place {
        record First() implements Place {}

        record After(String neighbour) implements Place {}
    }

    /**
     * One more field.
     *
     * @param name empty for Iceberg's own choice
     */
    record AddPartitionField(PartitionField field, Optional<String> name) implements OfPartitioning {}

    /**
     * One field less.
     *
     * @param field one of identity may also be named by its own name in place of its column's
     */
    record DropPartitionField(PartitionField field) implements OfPartitioning {}

    /**
     * Another field in the place of one.
     *
     * @param field as of {@link DropPartitionField}
     * @param name empty for Iceberg's own choice
     */
    record ReplacePartitionField(PartitionField field, PartitionField by, Optional<String> name)
            implements OfPartitioning {}

    /** All fields anew; none leaves the table unpartitioned. */
    record SetPartitioning(List<PartitionField> fields) implements OfPartitioning {
        public SetPartitioning {
            fields = List.copyOf(fields);
        }
    }

    /** The order in which rows are written from now on; none for any. */
    record SetOrder(List<SortKey> keys) implements Alteration {
        public SetOrder {
            keys = List.copyOf(keys);
        }
    }

    record SetProperties(Map<String, String> properties) implements OfProperties {
        public SetProperties {
            properties = Map.copyOf(properties);
        }
    }

    record UnsetProperties(Set<String> keys, boolean ifExists) implements OfProperties {
        public UnsetProperties {
            keys = Set.copyOf(keys);
        }
    }
}
