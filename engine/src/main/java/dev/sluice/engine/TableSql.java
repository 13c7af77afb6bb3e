package dev.sluice.engine;

import static java.util.stream.Collectors.joining;

import dev.sluice.core.QualifiedName;
import dev.sluice.core.TableFile;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.apache.arrow.vector.types.pojo.Field;

/**
 * A table's files as a table expression of DuckDB. Files without deletes are read as they are, all by one
 * {@code read_parquet}; the others by one for each kind of deletes.
 */
final class TableSql {
    private final Source source;
    private final LiveSets liveSets;

    private TableSql(Source source, LiveSets liveSets) {
        this.source = source;
        this.liveSets = liveSets;
    }

    /** Keeps the deleted rows of files under a number for {@link LiveRows#FUNCTION}. */
    interface LiveSets {
        long add(List<TableFile> files);
    }

    /** The files' rows by field ids; an empty stand-in where there are none. */
    static String of(Source source, LiveSets liveSets) {
        return source.files().isEmpty() ? standIn(source) : new TableSql(source, liveSets).sql();
    }

    private String sql() {
        var clean = source.files().stream()
                .filter(file -> file.deletes().isEmpty())
                .map(TableFile::path)
                .toList();
        if (clean.size() == source.files().size() && source.positions().isEmpty()) {
            return ParquetSql.read(clean, source.schema().getFields());
        }
        var branches = new ArrayList<String>();
        if (!clean.isEmpty()) {
            branches.add(select("f.filename")
                    + ParquetSql.readById(clean, source.schema().getFields()) + " AS f");
        }
        DeletingFiles.of(source.files()).forEach(files -> branches.add(deleting(files)));
        return branches.stream().collect(joining(" UNION ALL ", "(", ")"));
    }

    /** The name of a row's file is not DuckDB's own: by that, it would drop files, and number the others anew. */
    private String deleting(DeletingFiles files) {
        var paths = ParquetSql.texts(files.paths());
        var liveSet = files.positions() ? OptionalLong.of(liveSets.add(files.files())) : OptionalLong.empty();
        return select(ParquetSql.perFile(paths, "f"))
                + files.from(source.schema().getFields(), liveSet);
    }

    private String select(String file) {
        var columns = source.schema().getFields().stream()
                .map(field -> "f." + ParquetSql.name(field) + " AS " + QualifiedName.quote(field.getName()))
                .collect(joining(", ", "SELECT ", ""));
        var positions = source.positions()
                .map(p -> ", " + file + " AS " + QualifiedName.quote(p.file()) + ", f.file_row_number AS "
                        + QualifiedName.quote(p.row()))
                .orElse("");
        return columns + positions + " FROM ";
    }

    /** The same columns without a row. */
    static String standIn(Source source) {
        var columns =
                source.schema().getFields().stream().map(TableSql::nothing).collect(joining(", "));
        var positions = source.positions()
                .map(p -> ", CAST(NULL AS VARCHAR) AS " + QualifiedName.quote(p.file()) + ", CAST(NULL AS BIGINT) AS "
                        + QualifiedName.quote(p.row()))
                .orElse("");
        return "(SELECT " + columns + positions + " WHERE false)";
    }

    private static String nothing(Field field) {
        return "CAST(NULL AS " + DuckDbTypes.sql(field) + ") AS " + QualifiedName.quote(field.getName());
    }
}
