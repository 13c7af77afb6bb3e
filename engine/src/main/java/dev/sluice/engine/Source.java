package dev.sluice.engine;

import dev.sluice.core.RowColumn;
import dev.sluice.core.TableFile;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.arrow.vector.types.pojo.Schema;

/**
 * A table as a query reads it: files pinned by the catalog, or none.
 *
 * @param schema the columns, with field ids
 * @param positions names of two more columns for a row's file and its number there, where they are wanted
 * @param rowColumns more columns that are wanted, under their own names
 */
public record Source(Schema schema, List<TableFile> files, Optional<Positions> positions, Set<RowColumn> rowColumns) {
    public Source {
        files = List.copyOf(files);
        rowColumns = Set.copyOf(rowColumns);
    }

    /** A table's own columns, and no others but its positions. */
    public Source(Schema schema, List<TableFile> files, Optional<Positions> positions) {
        this(schema, files, positions, Set.of());
    }

    /** Names of the columns that tell where a row lies. */
    public record Positions(String file, String row) {}

    /** The same table with other files. */
    Source with(List<TableFile> others) {
        return new Source(schema, others, positions, rowColumns);
    }

    /** The same table with those of its files that are named. */
    Source only(List<Path> paths) {
        var wanted = Set.copyOf(paths);
        return with(files.stream().filter(file -> wanted.contains(file.path())).toList());
    }

    /** Whether a row's file must be known. */
    boolean tellsFiles() {
        return positions.isPresent() || !rowColumns.isEmpty();
    }
}
