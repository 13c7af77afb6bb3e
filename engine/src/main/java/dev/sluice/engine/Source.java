package dev.sluice.engine;

import dev.sluice.core.TableFile;
import java.util.List;
import java.util.Optional;
import org.apache.arrow.vector.types.pojo.Schema;

/**
 * A table as a query reads it: files pinned by the catalog, or none.
 *
 * @param schema the columns, with field ids
 * @param positions names of two more columns for a row's file and its number there, where they are wanted
 */
public record Source(Schema schema, List<TableFile> files, Optional<Positions> positions) {
    public Source {
        files = List.copyOf(files);
    }

    /** Names of the columns that tell where a row lies. */
    public record Positions(String file, String row) {}

    /** The same table with other files. */
    Source with(List<TableFile> others) {
        return new Source(schema, others, positions);
    }
}
