package dev.sluice.catalog;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.types.Types;
import org.jspecify.annotations.Nullable;

/**
 * A table's columns, partitioning, order, properties and format, changed on two branches since {@code base}: what one
 * side alone has changed is taken from that side.
 */
record DefinitionMerge(TableMetadata base, TableMetadata source, TableMetadata target) {

    /** Why the two cannot be had together; empty where they can. */
    Optional<String> clash() {
        if (!source.uuid().equals(target.uuid()) || !source.uuid().equals(base.uuid())) {
            return Optional.of("one has replaced the table by another of its name");
        }
        if (!source.location().equals(target.location())) {
            return Optional.of("they keep its files in different places");
        }
        if (changesColumns(source) && changesColumns(target) && !sameColumns(source, target)) {
            return Optional.of("both have altered its columns");
        }
        if (changesLayout(source) && changesLayout(target)) {
            return Optional.of("both have altered its partitioning or its order");
        }
        if ((changesLayout(source) && changesColumns(target)) || (changesColumns(source) && changesLayout(target))) {
            return Optional.of("one has altered its columns and the other its partitioning or its order");
        }
        return property().map(name -> "both have set property '" + name + "'");
    }

    /** Whether the side demands values where the other was free to leave them out. */
    boolean isStricter(TableMetadata side, TableMetadata other) {
        return side.schema().columns().stream()
                .filter(Types.NestedField::isRequired)
                .filter(field -> field.initialDefault() == null)
                .anyMatch(field -> {
                    var there = other.schema().findField(field.fieldId());
                    return there == null || there.isOptional();
                });
    }

    private boolean changesColumns(TableMetadata side) {
        return !sameColumns(side, base);
    }

    private static boolean sameColumns(TableMetadata one, TableMetadata other) {
        return one.schema().sameSchema(other.schema());
    }

    private boolean changesLayout(TableMetadata side) {
        return !side.spec().compatibleWith(base.spec()) || !side.sortOrder().sameOrder(base.sortOrder());
    }

    private Optional<String> property() {
        var names = new HashSet<>(source.properties().keySet());
        names.addAll(base.properties().keySet());
        return names.stream()
                .filter(name -> isChanged(source, name) && isChanged(target, name))
                .filter(name -> !Objects.equals(value(source, name), value(target, name)))
                .sorted()
                .findFirst();
    }

    private boolean isChanged(TableMetadata side, String property) {
        return !Objects.equals(value(side, property), value(base, property));
    }

    private static @Nullable String value(TableMetadata side, String property) {
        return side.properties().get(property);
    }

    /** The target's metadata with what the source alone has changed. */
    TableMetadata merged() {
        var builder = TableMetadata.buildFrom(target);
        if (source.formatVersion() > target.formatVersion()) {
            builder.upgradeFormatVersion(source.formatVersion());
        }
        if (changesColumns(source)) {
            builder.setCurrentSchema(source.schema(), Math.max(source.lastColumnId(), target.lastColumnId()));
        }
        if (changesLayout(source)) {
            source.specs().forEach(builder::addPartitionSpec);
            builder.setDefaultPartitionSpec(source.spec());
            builder.setDefaultSortOrder(source.sortOrder());
        }
        builder.setProperties(changedProperties());
        var removed = new HashSet<>(base.properties().keySet());
        removed.removeAll(source.properties().keySet());
        builder.removeProperties(removed);
        return builder.build();
    }

    private Map<String, String> changedProperties() {
        var changed = new HashMap<>(source.properties());
        changed.keySet().removeIf(name -> !isChanged(source, name));
        return changed;
    }

    /** Whether files that name a specification by its number mean the same one there. */
    boolean keepsSpecifications(TableMetadata merged) {
        return source.specs().stream().allMatch(spec -> {
            var there = merged.spec(spec.specId());
            return there != null && there.compatibleWith(spec);
        });
    }
}
