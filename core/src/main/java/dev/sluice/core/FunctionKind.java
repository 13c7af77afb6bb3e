package dev.sluice.core;

/** What a user's function makes of rows. */
public enum FunctionKind {
    /** A value of each row. */
    SCALAR,
    /** A value of many rows. */
    AGGREGATE,
    /** Rows of its arguments. */
    TABLE
}
