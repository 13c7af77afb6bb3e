package dev.sluice.catalog;

import dev.sluice.catalog.ColumnTree.Found;
import dev.sluice.core.Alteration;
import dev.sluice.core.Alteration.Place;
import dev.sluice.core.Code;
import dev.sluice.core.ColumnPath;
import dev.sluice.core.Failure;
import dev.sluice.core.FailureException;
import dev.sluice.core.FieldDefaults;
import dev.sluice.core.QualifiedName;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.UpdateSchema;
import org.apache.iceberg.exceptions.ValidationException;
import org.apache.iceberg.expressions.Literal;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.TypeUtil;
import org.apache.iceberg.types.Types;

/**
 * Changes of a table's columns that are made at once: all names are those of the table before. Confined to one thread.
 */
final class ColumnChanges {
    private final TableMetadata metadata;
    private final ColumnTree columns;
    private final UpdateSchema update;
    private final NullProof nulls;

    private final Set<Integer> dropped = new HashSet<>();

    /** Whole paths, folded. */
    private final Set<String> added = new HashSet<>();

    ColumnChanges(StagedTable staged, QualifiedName table, NullProof nulls) {
        this.metadata = staged.current();
        this.columns = new ColumnTree(table, metadata.schema());
        this.update = staged.table().updateSchema().caseSensitive(false).allowIncompatibleChanges();
        this.nulls = nulls;
    }

    void apply(List<Alteration.OfColumns> changes) {
        changes.forEach(this::apply);
        if (metadata.schema().columns().stream().allMatch(column -> dropped.contains(column.fieldId()))
                && added.stream().noneMatch(name -> name.indexOf('.') < 0)) {
            throw invalid(
                    changes.getLast().path(),
                    Code.INVALID_STATEMENT,
                    "The last column of table '" + columns.table() + "' cannot be dropped: DROP TABLE drops them all");
        }
        try {
            update.commit();
        } catch (IllegalArgumentException | IllegalStateException | ValidationException e) {
            var failure = new Failure.Invalid(
                    Code.INVALID_STATEMENT,
                    "Table '" + columns.table() + "' cannot be altered so: " + e.getMessage(),
                    Optional.of(changes.getFirst().path().position()));
            throw new FailureException(failure, e);
        }
    }

    private void apply(Alteration.OfColumns change) {
        switch (change) {
            case Alteration.AddColumn add -> add(add);
            case Alteration.DropColumn drop -> drop(drop);
            case Alteration.RenameColumn rename -> rename(rename);
            case Alteration.SetType retype -> setType(retype);
            case Alteration.SetNotNull required -> setNotNull(required.path());
            case Alteration.DropNotNull optional -> dropNotNull(optional.path());
            case Alteration.SetComment(ColumnPath path, String comment) ->
                update.updateColumnDoc(changeable(path).name(), comment.isEmpty() ? null : comment);
            case Alteration.Move(ColumnPath path, Place place) -> {
                var column = named(path);
                move(column.name(), column.within(), place, path);
            }
            case Alteration.SetDefault(ColumnPath path, String text) -> setDefault(path, text);
            case Alteration.DropDefault(ColumnPath path) ->
                update.updateColumnDefault(changeable(path).name(), null);
        }
    }

    private void add(Alteration.AddColumn add) {
        var path = add.path();
        var holder = columns.loadHolder(path);
        holder.ifPresent(found -> requireStruct(found, path));
        var name = holder.map(found -> found.name() + '.').orElse("") + path.last();
        var taken = ColumnTree.named(columns.within(holder), path.last())
                .filter(field -> !dropped.contains(field.fieldId()));
        if (taken.isPresent() && add.ifNotExists()) {
            return;
        }
        if (taken.isPresent() || !added.add(Names.fold(name))) {
            throw exists(path, name);
        }
        var column = located(path, () -> IcebergTypes.withSomeIds(add.column()));
        checked(path, () -> FormatRules.require(columns.table(), column, metadata.formatVersion()));
        var value = FieldDefaults.write(add.column())
                .<Literal<?>>map(text -> DefaultValue.literal(path.last(), column.type(), text))
                .orElse(null);
        var within = holder.map(Found::name).orElse(null);
        if (column.isOptional()) {
            update.addColumn(within, path.last(), column.type(), column.doc(), value);
        } else if (value != null || nulls.isEmpty(metadata)) {
            update.addRequiredColumn(within, path.last(), column.type(), column.doc(), value);
        } else {
            throw invalid(
                    path,
                    Code.NULL_NOT_ALLOWED,
                    "Column '" + path + "' cannot be NOT NULL: table '" + columns.table()
                            + "' has rows, which would have no value; give it a DEFAULT, or leave out NOT NULL");
        }
        add.place().ifPresent(place -> move(name, holder, place, path));
    }

    private void requireStruct(Found holder, ColumnPath path) {
        requireNoKey(holder, path);
        if (holder.field().type().isStructType()) {
            return;
        }
        var wayOut = switch (holder.field().type()) {
            case Types.ListType list when list.elementType().isStructType() -> ": write " + holder.name() + ".element";
            case Types.MapType map when map.valueType().isStructType() -> ": write " + holder.name() + ".value";
            default -> "";
        };
        throw invalid(
                path,
                Code.TYPE_MISMATCH,
                "'" + holder.name() + "' is no STRUCT but "
                        + SqlTypes.name(holder.field().type()) + ", and has no columns" + wayOut);
    }

    private void requireNoKey(Found column, ColumnPath path) {
        if (column.inMapKey()) {
            throw invalid(path, Code.UNSUPPORTED, "'" + column.name() + "' is of a map's key, which cannot change");
        }
    }

    private void drop(Alteration.DropColumn drop) {
        var path = drop.path();
        if (drop.ifExists() && columns.find(path).isEmpty()) {
            return;
        }
        var column = named(path);
        new ColumnUses(metadata).of(column.field()).ifPresent(use -> {
            throw invalid(path, Code.INVALID_STATEMENT, "Column '" + column.name() + "' cannot be dropped: " + use);
        });
        dropped.add(column.field().fieldId());
        var isLast = column.within().isPresent()
                && columns.within(column.within()).stream().allMatch(field -> dropped.contains(field.fieldId()));
        if (isLast) {
            var holder = column.within().orElseThrow().name();
            throw invalid(
                    path,
                    Code.INVALID_STATEMENT,
                    "The last field of '" + holder + "' cannot be dropped: drop '" + holder + "' itself");
        }
        update.deleteColumn(column.name());
    }

    private void rename(Alteration.RenameColumn rename) {
        var column = named(rename.path());
        ColumnTree.named(columns.within(column.within()), rename.name())
                .filter(twin -> twin.fieldId() != column.field().fieldId() && !dropped.contains(twin.fieldId()))
                .ifPresent(twin -> {
                    throw exists(rename.path(), twin.name());
                });
        update.renameColumn(column.name(), rename.name());
    }

    private void setType(Alteration.SetType change) {
        var path = change.path();
        var column = changeable(path);
        var from = column.field().type();
        var to = located(path, () -> IcebergTypes.withSomeIds(change.type())).type();
        if (!(to instanceof Type.PrimitiveType primitive)
                || !from.isPrimitiveType()
                || !TypeUtil.isPromotionAllowed(from, primitive)) {
            throw invalid(
                    path,
                    Code.TYPE_MISMATCH,
                    "Column '" + column.name() + "' cannot change from " + SqlTypes.name(from) + " to "
                            + SqlTypes.name(to) + ": allowed are INTEGER to BIGINT, FLOAT to DOUBLE and DECIMAL to one"
                            + " of more digits and the same scale");
        }
        update.updateColumn(column.name(), primitive);
    }

    private void setNotNull(ColumnPath path) {
        var column = changeable(path);
        if (column.field().isOptional()) {
            nulls.whyNot(metadata, column).ifPresent(reason -> {
                throw invalid(
                        path, Code.NULL_NOT_ALLOWED, "Column '" + column.name() + "' cannot be NOT NULL: " + reason);
            });
            update.requireColumn(column.name());
        }
    }

    private void dropNotNull(ColumnPath path) {
        var column = changeable(path);
        if (metadata.schema().identifierFieldIds().contains(column.field().fieldId())) {
            throw invalid(
                    path,
                    Code.INVALID_STATEMENT,
                    "Column '" + column.name() + "' stays NOT NULL: it is an identifier field of the table");
        }
        update.makeColumnOptional(column.name());
    }

    private void setDefault(ColumnPath path, String text) {
        var column = named(path);
        checked(path, () -> FormatRules.requireDefaults(columns.table(), column.name(), metadata.formatVersion()));
        var value = located(
                path, () -> DefaultValue.literal(column.name(), column.field().type(), text));
        update.updateColumnDefault(column.name(), value);
    }

    private void move(String name, Optional<Found> within, Place place, ColumnPath path) {
        switch (place) {
            case Place.First() -> update.moveFirst(name);
            case Place.After(String neighbour) -> {
                var prefix = within.map(holder -> holder.name() + '.').orElse("");
                var stored = ColumnTree.named(columns.within(within), neighbour)
                        .map(Types.NestedField::name)
                        .or(() -> Optional.of(neighbour).filter(_ -> added.contains(Names.fold(prefix + neighbour))))
                        .orElseThrow(() -> new Failure.NotFound(
                                        Code.COLUMN_NOT_FOUND,
                                        "Column '" + prefix + neighbour + "', after which '" + name
                                                + "' should come, does not exist in table '" + columns.table() + "'",
                                        Optional.of(path.position()))
                                .exception());
                if (Names.fold(prefix + stored).equals(Names.fold(name))) {
                    throw invalid(path, Code.INVALID_STATEMENT, "Column '" + name + "' cannot come after itself");
                }
                update.moveAfter(name, prefix + stored);
            }
        }
    }

    /** A column with a name of its own. */
    private Found named(ColumnPath path) {
        var column = changeable(path);
        if (!column.isNamed()) {
            throw invalid(
                    path,
                    Code.INVALID_STATEMENT,
                    "'" + column.name() + "' is what a list or a map holds, and cannot be dropped, renamed, moved or"
                            + " given a default");
        }
        return column;
    }

    private Found changeable(ColumnPath path) {
        var column = columns.load(path);
        requireNoKey(column, path);
        return column;
    }

    private FailureException exists(ColumnPath path, String name) {
        var message = "Column '" + name + "' exists already in table '" + columns.table() + "'";
        return invalid(path, Code.COLUMN_EXISTS, message);
    }

    private static FailureException invalid(ColumnPath path, Code code, String message) {
        return new Failure.Invalid(code, message, Optional.of(path.position())).exception();
    }

    private static void checked(ColumnPath path, Runnable check) {
        var _ = located(path, () -> {
            check.run();
            return true;
        });
    }

    private static <T> T located(ColumnPath path, Supplier<T> body) {
        try {
            return body.get();
        } catch (FailureException e) {
            throw new FailureException(e.failure().at(Optional.of(path.position())), e);
        }
    }
}
