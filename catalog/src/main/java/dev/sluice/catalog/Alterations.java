package dev.sluice.catalog;

import dev.sluice.core.Alteration;
import dev.sluice.core.Code;
import dev.sluice.core.QualifiedName;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.TableProperties;

/**
 * Makes the changes of one ALTER TABLE on a staged table, in order; neighbours of one kind together. Confined to one
 * thread.
 */
final class Alterations {
    private final StagedTable staged;
    private final QualifiedName table;
    private final NullProof nulls;

    Alterations(StagedTable staged, QualifiedName table, NullProof nulls) {
        this.staged = staged;
        this.table = table;
        this.nulls = nulls;
    }

    void apply(List<Alteration> actions) {
        var columns = new ArrayList<Alteration.OfColumns>();
        var partitioning = new ArrayList<Alteration.OfPartitioning>();
        for (var action : actions) {
            switch (action) {
                case Alteration.OfColumns change -> {
                    flushPartitioning(partitioning);
                    columns.add(change);
                }
                case Alteration.OfPartitioning change -> {
                    flushColumns(columns);
                    partitioning.add(change);
                }
                case Alteration.OfProperties change -> {
                    flushColumns(columns);
                    flushPartitioning(partitioning);
                    change(change);
                }
                case Alteration.SetOrder(var keys) -> {
                    flushColumns(columns);
                    flushPartitioning(partitioning);
                    var order = staged.table().replaceSortOrder();
                    SortKeys.add(order, staged.current().schema(), keys);
                    order.commit();
                }
            }
        }
        flushColumns(columns);
        flushPartitioning(partitioning);
    }

    private void flushColumns(List<Alteration.OfColumns> changes) {
        if (!changes.isEmpty()) {
            new ColumnChanges(staged, table, nulls).apply(changes);
            changes.clear();
        }
    }

    private void flushPartitioning(List<Alteration.OfPartitioning> changes) {
        if (!changes.isEmpty()) {
            new PartitionChanges(staged, table).apply(changes);
            changes.clear();
        }
    }

    private void change(Alteration.OfProperties change) {
        switch (change) {
            case Alteration.SetProperties(var properties) -> {
                PropertyRules.require(properties);
                Optional.ofNullable(properties.get(TableProperties.FORMAT_VERSION))
                        .ifPresent(_ -> upgrade(FormatRules.version(properties)));
                var update = staged.table().updateProperties();
                properties.forEach((key, value) -> {
                    if (!key.equals(TableProperties.FORMAT_VERSION)) {
                        update.set(key, value);
                    }
                });
                update.commit();
            }
            case Alteration.UnsetProperties(var keys, var ifExists) -> {
                var update = staged.table().updateProperties();
                for (var key : keys) {
                    requireUnsettable(key, ifExists);
                    update.remove(key);
                }
                update.commit();
            }
        }
    }

    private void upgrade(int version) {
        TableMetadata metadata = staged.current();
        if (version < metadata.formatVersion()) {
            throw CatalogFailures.invalidValue(
                    "Table '" + table + "' has format version " + metadata.formatVersion() + " and cannot go back to "
                            + version + ": create a table of that version from a query of this one");
        }
        staged.commit(metadata, metadata.upgradeToFormatVersion(version));
    }

    private void requireUnsettable(String key, boolean ifExists) {
        PropertyRules.requireChangeable(key);
        if (key.equals(TableProperties.FORMAT_VERSION)) {
            throw CatalogFailures.invalidValue("'" + key + "' cannot be unset: each table has one");
        }
        if (!ifExists && !staged.current().properties().containsKey(key)) {
            throw CatalogFailures.invalid(
                    Code.INVALID_VALUE, "Table '" + table + "' has no property '" + key + "' to unset");
        }
    }
}
