package dev.sluice.catalog;

import dev.sluice.core.Alteration;
import dev.sluice.core.Code;
import dev.sluice.core.Failure;
import dev.sluice.core.FailureException;
import dev.sluice.core.PartitionField;
import dev.sluice.core.QualifiedName;
import java.util.List;
import java.util.Optional;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.UpdatePartitionSpec;
import org.apache.iceberg.exceptions.ValidationException;

/** Changes of a table's partitioning that are made at once: they hold for what is written from then on. */
final class PartitionChanges {
    private final QualifiedName table;
    private final PartitionSpec spec;
    private final UpdatePartitionSpec update;

    PartitionChanges(StagedTable staged, QualifiedName table) {
        this.table = table;
        this.spec = staged.current().spec();
        this.update = staged.table().updateSpec().caseSensitive(false);
    }

    void apply(List<Alteration.OfPartitioning> changes) {
        try {
            changes.forEach(this::apply);
            update.commit();
        } catch (IllegalArgumentException | IllegalStateException | ValidationException e) {
            var failure = new Failure.Invalid(
                    Code.INVALID_STATEMENT,
                    "Table '" + table + "' cannot be partitioned so: " + e.getMessage(),
                    Optional.empty());
            throw new FailureException(failure, e);
        }
    }

    private void apply(Alteration.OfPartitioning change) {
        switch (change) {
            case Alteration.AddPartitionField(PartitionField field, Optional<String> name) -> add(field, name);
            case Alteration.DropPartitionField(PartitionField field) -> update.removeField(load(field));
            case Alteration.ReplacePartitionField(PartitionField field, PartitionField by, Optional<String> name) -> {
                update.removeField(load(field));
                add(by, name);
            }
            case Alteration.SetPartitioning(List<PartitionField> fields) -> set(fields);
        }
    }

    private void add(PartitionField field, Optional<String> name) {
        var column = Partitioning.column(spec.schema(), field);
        var term = Partitioning.term(field, column.name());
        if (name.isPresent()) {
            update.addField(name.get(), term);
        } else {
            update.addField(term);
        }
    }

    private void set(List<PartitionField> fields) {
        var wanted = fields.stream().map(this::stored).toList();
        var present = Partitioning.fromIceberg(spec);
        present.stream().filter(field -> !wanted.contains(field)).forEach(field -> update.removeField(load(field)));
        wanted.stream().filter(field -> !present.contains(field)).forEach(field -> add(field, Optional.empty()));
    }

    /** The field with its column's name in the table's case. */
    private PartitionField stored(PartitionField field) {
        return new PartitionField(Partitioning.column(spec.schema(), field).name(), field.transform());
    }

    /** The name of a field that the table is partitioned by. */
    private String load(PartitionField wanted) {
        return find(wanted)
                .orElseThrow(() -> new Failure.NotFound(
                                Code.COLUMN_NOT_FOUND,
                                "Table '" + table + "' is not partitioned by " + wanted,
                                Optional.empty())
                        .exception());
    }

    private Optional<String> find(PartitionField wanted) {
        for (var field : spec.fields()) {
            if (field.transform().isVoid()) {
                continue;
            }
            var isNamed = wanted.transform() instanceof PartitionField.Identity
                    && field.name().equalsIgnoreCase(wanted.column());
            var present = Partitioning.fromIceberg(spec.schema(), field);
            var isSame = present.column().equalsIgnoreCase(wanted.column())
                    && present.transform().equals(wanted.transform());
            if (isNamed || isSame) {
                return Optional.of(field.name());
            }
        }
        return Optional.empty();
    }
}
