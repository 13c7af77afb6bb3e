package dev.sluice.core;

/** What an import does where a file cannot be read as a whole. */
public enum OnError {
    /** The import fails, and nothing is changed. */
    ABORT,
    /** What can be read is taken: rows that cannot be are left out, and so are files of which nothing can be. */
    CONTINUE,
    /** A file is taken as a whole or not at all. */
    SKIP_FILE
}
