package dev.sluice.engine;

import static java.util.stream.Collectors.joining;

import dev.sluice.core.FieldIds;
import dev.sluice.core.RowDelete;
import dev.sluice.core.TableFile;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.SequencedMap;
import java.util.SequencedSet;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.apache.arrow.vector.types.pojo.Field;

/** Equality deletes that compare the same columns, as a join that drops the rows which they delete. */
final class EqualityDeletes {
    private final Kind kind;
    private final List<RowDelete.Equality> files;

    private EqualityDeletes(Kind kind, Collection<RowDelete.Equality> files) {
        this.kind = kind;
        this.files = List.copyOf(files);
    }

    /**
     * What one join can take together.
     *
     * @param columns ids of the fields that are compared
     * @param scoped whether the deletes are for the files of their own partitions alone
     */
    record Kind(List<Integer> columns, boolean scoped) {
        static Kind of(RowDelete.Equality delete) {
            return new Kind(
                    delete.columns().stream().map(FieldIds::load).sorted().toList(),
                    delete.scope().isPresent());
        }
    }

    static Set<Kind> kinds(TableFile file) {
        return file.deletes().stream()
                .filter(RowDelete.Equality.class::isInstance)
                .map(delete -> Kind.of((RowDelete.Equality) delete))
                .collect(Collectors.toSet());
    }

    /** All that apply to some data files. */
    static List<EqualityDeletes> of(List<TableFile> dataFiles) {
        SequencedMap<Kind, SequencedSet<RowDelete.Equality>> kinds = new LinkedHashMap<>();
        for (var file : dataFiles) {
            for (var delete : file.deletes()) {
                if (delete instanceof RowDelete.Equality equality) {
                    kinds.computeIfAbsent(Kind.of(equality), _ -> new LinkedHashSet<>())
                            .add(equality);
                }
            }
        }
        return kinds.entrySet().stream()
                .map(kind -> new EqualityDeletes(kind.getKey(), kind.getValue()))
                .toList();
    }

    /** What is compared; data files and deletes have it under {@link ParquetSql#name}. */
    List<Field> columns() {
        return files.getFirst().columns();
    }

    /**
     * The join.
     *
     * @param rows the alias of the data files' rows
     * @param deletes an alias of its own
     */
    String join(List<TableFile> dataFiles, String rows, String deletes) {
        var terms = columns().stream()
                .map(ParquetSql::name)
                .map(column -> deletes + "." + column + " IS NOT DISTINCT FROM " + rows + "." + column)
                .collect(joining(" AND "));
        var scopes = kind.scoped() && scopes(dataFiles) > 1;
        var sequences = !allYoungerThan(dataFiles);
        return " ANTI JOIN (" + select(scopes, sequences) + ") AS " + deletes + " ON " + terms
                + (scopes
                        ? " AND " + deletes + ".scope = "
                                + perFile(
                                        dataFiles,
                                        rows,
                                        origin -> origin.partition().scope())
                        : "")
                + (sequences
                        ? " AND " + deletes + ".sequence > " + perFile(dataFiles, rows, TableFile.Origin::sequence)
                        : "");
    }

    private String select(boolean scopes, boolean sequences) {
        var columns =
                columns().stream().map(column -> "d." + ParquetSql.name(column)).collect(joining(", "));
        var paths = files.stream().map(RowDelete::path).toList();
        return "SELECT DISTINCT " + columns
                + (scopes
                        ? ", "
                                + perDelete(
                                        files.stream().mapToLong(f -> f.scope().orElseThrow())) + " AS scope"
                        : "")
                + (sequences
                        ? ", " + perDelete(files.stream().mapToLong(RowDelete.Equality::sequence)) + " AS sequence"
                        : "")
                + " FROM " + ParquetSql.readById(paths, columns()) + " AS d";
    }

    private static String perDelete(LongStream values) {
        return ParquetSql.perFile(list(values), "d");
    }

    private interface Property {
        long of(TableFile.Origin origin);
    }

    private static String perFile(List<TableFile> files, String alias, Property property) {
        return ParquetSql.perFile(list(files.stream().map(TableFile::origin).mapToLong(property::of)), alias);
    }

    /** A list whose type does not depend on how large its numbers are. */
    private static String list(LongStream values) {
        return values.mapToObj(Long::toString).collect(joining(", ", "CAST([", "] AS BIGINT[])"));
    }

    private long scopes(List<TableFile> dataFiles) {
        return LongStream.concat(
                        dataFiles.stream()
                                .mapToLong(file -> file.origin().partition().scope()),
                        files.stream().mapToLong(file -> file.scope().orElseThrow()))
                .distinct()
                .count();
    }

    /** Whether each delete is for each of the data files, as far as their ages go. */
    private boolean allYoungerThan(List<TableFile> dataFiles) {
        var youngest = dataFiles.stream()
                .mapToLong(file -> file.origin().sequence())
                .max()
                .orElseThrow();
        return files.stream().allMatch(file -> file.sequence() > youngest);
    }
}
