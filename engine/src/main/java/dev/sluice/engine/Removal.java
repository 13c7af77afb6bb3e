package dev.sluice.engine;

/** How rows leave data files. */
public enum Removal {
    /** The files are written anew without them. */
    COPY_ON_WRITE,
    /** The files stay, and position delete files name the rows. */
    POSITION_DELETES,
    /** The files stay, and the catalog is told the rows' numbers, to write deletion vectors of them. */
    DELETION_VECTORS
}
