package dev.sluice.engine;

import static java.util.stream.Collectors.toMap;

import dev.sluice.core.FieldIds;
import dev.sluice.core.RowDelete;
import dev.sluice.core.TableFile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import org.apache.arrow.vector.types.pojo.Field;

/**
 * Data files that lose rows in the same ways, so that one text reads what is left of them.
 *
 * @param positions whether rows are deleted by their numbers
 */
record DeletingFiles(List<TableFile> files, boolean positions) {
    DeletingFiles {
        files = List.copyOf(files);
    }

    private record Ways(boolean positions, Set<EqualityDeletes.Kind> equalities) {
        static Ways of(TableFile file) {
            var positions = file.deletes().stream().anyMatch(delete -> !(delete instanceof RowDelete.Equality));
            return new Ways(positions, EqualityDeletes.kinds(file));
        }
    }

    /** Those of the files that have deletes, by their kinds. */
    static List<DeletingFiles> of(List<TableFile> files) {
        var groups = new LinkedHashMap<Ways, List<TableFile>>();
        for (var file : files) {
            if (!file.deletes().isEmpty()) {
                groups.computeIfAbsent(Ways.of(file), _ -> new ArrayList<>()).add(file);
            }
        }
        return groups.entrySet().stream()
                .map(group -> new DeletingFiles(group.getValue(), group.getKey().positions()))
                .toList();
    }

    List<Path> paths() {
        return files.stream().map(TableFile::path).toList();
    }

    /**
     * A FROM clause, without the word, whose {@code f} has the columns under {@link ParquetSql#name}.
     *
     * @param liveSet number of the set of the files' deleted rows, where they have any
     */
    String from(List<Field> columns, OptionalLong liveSet) {
        var equalities = EqualityDeletes.of(files);
        var read = columns.stream().collect(toMap(FieldIds::load, c -> c, (a, _) -> a, LinkedHashMap::new));
        equalities.forEach(deletes -> deletes.columns().forEach(c -> read.putIfAbsent(FieldIds.load(c), c)));
        var sql = new StringBuilder(ParquetSql.readById(paths(), read.values()) + " AS f");
        for (var i = 0; i < equalities.size(); i++) {
            sql.append(equalities.get(i).join(files, "f", "d" + i));
        }
        liveSet.ifPresent(set -> sql.append(
                " WHERE " + LiveRows.FUNCTION + "(" + set + ", " + ParquetSql.fileIndex("f") + ", f.file_row_number)"));
        return sql.toString();
    }
}
