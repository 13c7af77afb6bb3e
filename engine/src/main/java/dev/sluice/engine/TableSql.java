package dev.sluice.engine;

import static java.util.stream.Collectors.joining;

import dev.sluice.core.QualifiedName;
import dev.sluice.core.RowColumn;
import dev.sluice.core.TableFile;
import dev.sluice.core.TableSummary;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.stream.Stream;
import org.apache.arrow.vector.types.pojo.Field;

/**
 * A table's files as a table expression of DuckDB. Files without deletes, whose columns are found by their ids, are
 * read as they are, all by one {@code read_parquet}; the others by one for each {@link FileGroup}.
 */
final class TableSql {
    private final Source source;
    private final Files files;

    private TableSql(Source source, Files files) {
        this.source = source;
        this.files = files;
    }

    /** What must be read of files before there is a text. */
    interface Files extends FileGroup.Footers {
        /** Keeps the deleted rows of files under a number for {@link LiveRows#FUNCTION}. */
        long addLiveSet(List<TableFile> dataFiles);
    }

    /** The files' rows; an empty stand-in where there are none. */
    static String of(Source source, Files files) {
        return source.files().isEmpty() ? standIn(source) : new TableSql(source, files).sql();
    }

    private String sql() {
        var groups = FileGroup.of(source, files);
        var first = groups.getFirst();
        return groups.size() == 1 && first.isPlain() && !source.tellsFiles()
                ? ParquetSql.read(first.paths(), source.schema().getFields())
                : groups.stream().map(this::branch).collect(joining(" UNION ALL ", "(", ")"));
    }

    private String branch(FileGroup group) {
        var liveSet =
                group.kind().positions() ? OptionalLong.of(files.addLiveSet(group.files())) : OptionalLong.empty();
        var columns = new ArrayList<>(source.schema().getFields());
        columns.addAll(RowColumnSql.stored(source.rowColumns()));
        return select(group) + " FROM " + group.from(columns, liveSet);
    }

    private String select(FileGroup group) {
        var columns = source.schema().getFields().stream()
                .map(field -> "f." + ParquetSql.name(field) + " AS " + QualifiedName.quote(field.getName()));
        var positions = source.positions().stream()
                .map(p -> group.path(source) + " AS " + QualifiedName.quote(p.file()) + ", f.file_row_number AS "
                        + QualifiedName.quote(p.row()));
        var rowColumns = source.rowColumns().stream()
                .sorted()
                .map(column -> RowColumnSql.of(column, group.files()) + " AS " + QualifiedName.quote(column.sqlName()));
        return Stream.of(columns, positions, rowColumns).flatMap(all -> all).collect(joining(", ", "SELECT ", ""));
    }

    /** The same columns without a row. */
    static String standIn(Source source) {
        var positions = source.positions().stream()
                .flatMap(p -> Stream.of(
                        Field.nullable(p.file(), RowColumn.FILE.field().getType()),
                        Field.nullable(p.row(), RowColumn.POS.field().getType())));
        var rowColumns = source.rowColumns().stream().sorted().map(RowColumn::field);
        return Stream.of(source.schema().getFields().stream(), positions, rowColumns)
                .flatMap(all -> all)
                .map(TableSql::nothing)
                .collect(joining(", ", "(SELECT ", " WHERE false)"));
    }

    /** The same columns with two rows. */
    static String extremes(Source source, TableSummary summary) {
        return Stream.<Function<TableSummary.Range, String>>of(TableSummary.Range::min, TableSummary.Range::max)
                .map(end -> source.schema().getFields().stream()
                        .map(field -> summary.ranges()
                                .getOrDefault(field.getName(), Optional.empty())
                                .map(range -> value(field, end.apply(range)))
                                .orElseGet(() -> nothing(field)))
                        .collect(joining(", ", "SELECT ", "")))
                .collect(joining(" UNION ALL ", "(", ")"));
    }

    private static String value(Field field, String text) {
        return "CAST('" + text + "' AS " + DuckDbTypes.sql(field) + ") AS " + QualifiedName.quote(field.getName());
    }

    private static String nothing(Field field) {
        return "CAST(NULL AS " + DuckDbTypes.sql(field) + ") AS " + QualifiedName.quote(field.getName());
    }
}
