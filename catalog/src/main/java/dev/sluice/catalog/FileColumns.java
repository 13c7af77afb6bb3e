package dev.sluice.catalog;

import dev.sluice.core.MappedName;
import dev.sluice.core.TableFile;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Table;
import org.apache.iceberg.TableProperties;
import org.apache.iceberg.mapping.MappedField;
import org.apache.iceberg.mapping.MappedFields;
import org.apache.iceberg.mapping.NameMappingParser;
import org.apache.iceberg.types.Types;

/** How a table's columns are found in its files, where their ids do not tell all. */
final class FileColumns {
    private final Map<Integer, PartitionSpec> specs;
    private final Schema schema;
    private final boolean varied;
    private final List<MappedName> names;

    /** @param schema the columns to find */
    FileColumns(Table table, Schema schema) {
        this.specs = table.specs();
        this.schema = schema;
        this.varied = schema.columns().stream()
                .filter(column -> !column.type().isPrimitiveType())
                .anyMatch(column -> hasChanged(column, table.schemas().values()));
        this.names = Optional.ofNullable(table.properties().get(TableProperties.DEFAULT_NAME_MAPPING))
                .map(json -> names(NameMappingParser.fromJson(json).asMappedFields()))
                .orElse(List.of());
    }

    private static boolean hasChanged(Types.NestedField column, Collection<Schema> schemas) {
        return schemas.stream()
                .flatMap(other -> other.columns().stream())
                .anyMatch(other ->
                        other.fieldId() == column.fieldId() && !other.type().equals(column.type()));
    }

    private static List<MappedName> names(MappedFields fields) {
        return fields.fields().stream().map(FileColumns::name).toList();
    }

    private static MappedName name(MappedField field) {
        var id = field.id() == null ? OptionalInt.empty() : OptionalInt.of(field.id());
        var children = field.nestedMapping() == null ? List.<MappedName>of() : names(field.nestedMapping());
        return new MappedName(field.names(), id, children);
    }

    /** The columns whose statistics {@link #of} looks at. */
    static List<String> constants(Table table, Schema schema) {
        return table.specs().values().stream()
                .flatMap(spec -> spec.fields().stream())
                .filter(field -> field.transform().isIdentity())
                .map(field -> schema.findColumnName(field.sourceId()))
                .filter(Objects::nonNull)
                .distinct()
                .collect(Collectors.toList());
    }

    TableFile.Columns of(DataFile file) {
        return new TableFile.Columns(constants(file), varied, names);
    }

    /** Identity partition values of columns of which the file's statistics do not tell that it has them. */
    private Map<Integer, Optional<String>> constants(DataFile file) {
        var spec = Objects.requireNonNull(specs.get(file.specId()));
        if (spec.isUnpartitioned()) {
            return Map.of();
        }
        var counts = file.valueCounts();
        var constants = new HashMap<Integer, Optional<String>>();
        for (var i = 0; i < spec.fields().size(); i++) {
            var field = spec.fields().get(i);
            var column = schema.asStruct().field(field.sourceId());
            if (field.transform().isIdentity()
                    && column != null
                    && (counts == null || !counts.containsKey(column.fieldId()))) {
                var value = file.partition().get(i, Object.class);
                var type = spec.partitionType().fields().get(i).type();
                constants.put(column.fieldId(), Optional.ofNullable(value).flatMap(v -> DefaultValue.text(type, v)));
            }
        }
        return constants;
    }
}
