package dev.sluice.catalog;

import java.util.List;

/**
 * The files that one COPY INTO has read, to be remembered with the rows it adds.
 *
 * @param files in the order in which they were read
 * @param repeated whether files that the table has taken in before may be among them; otherwise the change conflicts
 *     with another that was quicker
 */
public record Loads(List<LoadedFile> files, boolean repeated) {
    /** What a change says that read no files. */
    public static final Loads NONE = new Loads(List.of(), true);

    public Loads {
        files = List.copyOf(files);
    }
}
