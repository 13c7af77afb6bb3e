package dev.sluice.engine;

import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.toMap;

import dev.sluice.core.FieldIds;
import dev.sluice.core.QualifiedName;
import dev.sluice.core.RowDelete;
import dev.sluice.core.TableFile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.apache.arrow.vector.types.pojo.Field;

/**
 * Data files that are read by one text: their columns are found in the same way, and they lose rows in the same ways.
 *
 * @param files in the table's order
 * @param kind what they have in common
 */
record FileGroup(List<TableFile> files, Kind kind) {
    FileGroup {
        files = List.copyOf(files);
    }

    /**
     * What tells groups apart.
     *
     * @param footer the columns of files in which ids alone do not find everything; absent for all others
     * @param constants ids of columns whose values the table's metadata has
     * @param positions whether rows are deleted by their numbers
     * @param equalities how rows are deleted by their values
     */
    record Kind(
            Optional<List<FileField>> footer,
            Set<Integer> constants,
            boolean positions,
            Set<EqualityDeletes.Kind> equalities) {
        /** Files that need nothing but {@code read_parquet}. */
        static final Kind PLAIN = new Kind(Optional.empty(), Set.of(), false, Set.of());

        static Kind of(TableFile file, Optional<List<FileField>> footer) {
            return new Kind(
                    footer,
                    file.columns().constants().keySet(),
                    file.deletes().stream().anyMatch(delete -> !(delete instanceof RowDelete.Equality)),
                    EqualityDeletes.kinds(file));
        }
    }

    /** Gives the columns of files, by path. */
    interface Footers {
        Map<Path, List<FileField>> of(List<TableFile> files);
    }

    /** All of the table's files, the plain ones first. */
    static List<FileGroup> of(Source source, Footers footers) {
        var asked = source.files().stream()
                .filter(file ->
                        file.columns().varied() || !file.columns().names().isEmpty())
                .toList();
        Map<Path, List<FileField>> found = asked.isEmpty() ? Map.of() : footers.of(asked);
        var groups = new LinkedHashMap<Kind, List<TableFile>>();
        groups.put(Kind.PLAIN, new ArrayList<>());
        for (var file : source.files()) {
            var footer = Optional.ofNullable(found.get(file.path())).flatMap(fields -> special(file, fields, source));
            groups.computeIfAbsent(Kind.of(file, footer), _ -> new ArrayList<>())
                    .add(file);
        }
        return groups.entrySet().stream()
                .filter(group -> !group.getValue().isEmpty())
                .map(group -> new FileGroup(group.getValue(), group.getKey()))
                .toList();
    }

    /** The file's columns, unless ids and the names inside structs find the same. */
    private static Optional<List<FileField>> special(TableFile file, List<FileField> fields, Source source) {
        if (fields.stream().noneMatch(FileField::hasIds)) {
            var names = file.columns().names();
            return names.isEmpty() ? Optional.empty() : Optional.of(FileField.named(fields, names));
        }
        var byName = source.schema().getFields().stream().allMatch(column -> FieldProjection.isByName(column, fields));
        return byName ? Optional.empty() : Optional.of(fields);
    }

    boolean isPlain() {
        return kind.equals(Kind.PLAIN);
    }

    List<Path> paths() {
        return files.stream().map(TableFile::path).toList();
    }

    /**
     * The path of a row's file, as an expression. It is not DuckDB's own column where files are told apart by their
     * index: asked for names in that one, DuckDB would drop files and number the others anew.
     */
    String path(Source source) {
        return isPlain() && source.rowColumns().isEmpty()
                ? "f.filename"
                : ParquetSql.perFile(ParquetSql.texts(paths()), "f");
    }

    /**
     * A FROM clause, without the word, whose {@code f} has the columns under {@link ParquetSql#name}.
     *
     * @param liveSet number of the set of the files' deleted rows, where they have any
     */
    String from(List<Field> columns, OptionalLong liveSet) {
        var equalities = EqualityDeletes.of(files);
        var needed = columns.stream().collect(toMap(FieldIds::load, c -> c, (a, _) -> a, LinkedHashMap::new));
        equalities.forEach(deletes -> deletes.columns().forEach(c -> needed.putIfAbsent(FieldIds.load(c), c)));
        var sql = new StringBuilder(rows(needed.values())).append(" AS f");
        for (var i = 0; i < equalities.size(); i++) {
            sql.append(equalities.get(i).join(files, "f", "d" + i));
        }
        liveSet.ifPresent(set -> sql.append(
                " WHERE " + LiveRows.FUNCTION + "(" + set + ", " + ParquetSql.fileIndex("f") + ", f.file_row_number)"));
        return sql.toString();
    }

    private String rows(Collection<Field> columns) {
        if (kind.footer().isEmpty() && kind.constants().isEmpty()) {
            return ParquetSql.readById(paths(), columns);
        }
        var read = kind.footer().isPresent() ? ParquetSql.read(paths()) : ParquetSql.readById(paths(), columns);
        return columns.stream()
                .map(column -> column(column) + " AS " + ParquetSql.name(column))
                .collect(joining(", ", "(SELECT ", ", r.file_index, r.file_row_number FROM " + read + " AS r)"));
    }

    private String column(Field column) {
        var id = FieldIds.load(column);
        if (kind.constants().contains(id)) {
            var texts = files.stream()
                    .map(file -> file.columns().constants().getOrDefault(id, Optional.empty()))
                    .map(text -> text.map(QualifiedName::literal).orElse("NULL"))
                    .collect(joining(", ", "CAST([", "] AS VARCHAR[])"));
            return "CAST(" + ParquetSql.perFile(texts, "r") + " AS " + DuckDbTypes.sql(column) + ")";
        }
        return kind.footer()
                .map(footer -> FieldProjection.of(column, footer, "r"))
                .orElse("r." + ParquetSql.name(column));
    }
}
