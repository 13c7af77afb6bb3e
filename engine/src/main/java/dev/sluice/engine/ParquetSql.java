package dev.sluice.engine;

import static java.util.stream.Collectors.joining;

import dev.sluice.core.FieldDefaults;
import dev.sluice.core.FieldIds;
import dev.sluice.core.QualifiedName;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.function.Function;
import org.apache.arrow.vector.types.pojo.Field;

/** The text of a {@code read_parquet} that finds columns by their field ids. */
final class ParquetSql {
    /** DuckDB's own column of the file's index in the list of files, as a number that lists take, from 0. */
    private static final String INDEX = ".file_index AS BIGINT)";

    private ParquetSql() {}

    /** Columns as the files call them. */
    static String read(List<Path> files) {
        return "read_parquet(" + texts(files) + ")";
    }

    /** Columns under the table's names. */
    static String read(List<Path> files, List<Field> columns) {
        return read(files, columns, Field::getName);
    }

    /** Columns under names that cannot be those of DuckDB's own columns. */
    static String readById(List<Path> files, Collection<Field> columns) {
        return read(files, columns, ParquetSql::name);
    }

    static String name(Field column) {
        return "c" + FieldIds.load(column);
    }

    private static String read(List<Path> files, Collection<Field> columns, Function<Field, String> name) {
        var schema = columns.stream()
                .map(column -> column(column, name.apply(column)))
                .collect(joining(", "));
        return "read_parquet(" + texts(files) + ", schema = MAP {" + schema + "})";
    }

    private static String column(Field field, String name) {
        return FieldIds.load(field) + ": {name: " + QualifiedName.literal(name) + ", type: "
                + QualifiedName.literal(DuckDbTypes.sql(field)) + ", default_value: "
                + FieldDefaults.initial(field).map(QualifiedName::literal).orElse("NULL") + "}";
    }

    /** The index of a row's file in the list that was read as {@code alias}, from 0. */
    static String fileIndex(String alias) {
        return "CAST(" + alias + INDEX;
    }

    /** What a list has for a row's file. */
    static String perFile(String list, String alias) {
        return list + "[" + fileIndex(alias) + " + 1]";
    }

    /** A list of paths. */
    static String texts(List<Path> paths) {
        return paths.stream()
                .map(path -> QualifiedName.literal(path.toString()))
                .collect(joining(", ", "[", "]"));
    }
}
