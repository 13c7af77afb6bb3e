package dev.sluice.engine;

import static java.util.stream.Collectors.joining;

import dev.sluice.core.FieldIds;
import dev.sluice.core.QualifiedName;
import dev.sluice.core.RowColumn;
import dev.sluice.core.TableFile;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.apache.arrow.vector.types.pojo.Field;

/** What a table tells of its rows, as expressions over the files of one group, read as {@code f}. */
final class RowColumnSql {
    /** Files that were written anew may hold these two; Iceberg reserves their field ids. */
    private static final Field ROW_ID = FieldIds.with(RowColumn.ROW_ID.field(), 2_147_483_540);

    private static final Field LAST_UPDATED =
            FieldIds.with(RowColumn.LAST_UPDATED_SEQUENCE_NUMBER.field(), 2_147_483_539);

    private RowColumnSql() {}

    /** What must be read of the files. */
    static List<Field> stored(Set<RowColumn> columns) {
        return List.of(ROW_ID, LAST_UPDATED).stream()
                .filter(field -> columns.stream().anyMatch(c -> c.sqlName().equals(field.getName())))
                .toList();
    }

    static String of(RowColumn column, List<TableFile> files) {
        return switch (column) {
            case FILE ->
                perFile(
                        files,
                        "VARCHAR",
                        file -> QualifiedName.literal(file.origin().location()));
            case POS -> "f.file_row_number";
            case SPEC_ID ->
                perFile(
                        files,
                        "INTEGER",
                        file -> Integer.toString(file.origin().partition().specId()));
            case PARTITION ->
                perFile(
                        files,
                        "VARCHAR",
                        file -> QualifiedName.literal(file.origin().partition().path()));
            case ROW_ID -> "coalesce(f." + ParquetSql.name(ROW_ID) + ", " + firstRowId(files) + " + f.file_row_number)";
            case LAST_UPDATED_SEQUENCE_NUMBER ->
                "CASE WHEN " + firstRowId(files) + " IS NULL THEN NULL ELSE coalesce(f."
                        + ParquetSql.name(LAST_UPDATED) + ", "
                        + perFile(
                                files,
                                "BIGINT",
                                file -> Long.toString(file.origin().sequence())) + ") END";
        };
    }

    private static String firstRowId(List<TableFile> files) {
        return perFile(files, "BIGINT", file -> {
            var id = file.origin().firstRowId();
            return id.isPresent() ? Long.toString(id.getAsLong()) : "NULL";
        });
    }

    private static String perFile(List<TableFile> files, String type, Function<TableFile, String> value) {
        var list = files.stream().map(value).collect(joining(", ", "CAST([", "] AS " + type + "[])"));
        return ParquetSql.perFile(list, "f");
    }
}
