package dev.sluice.core;

/** What is looked at before a change is committed that was worked out from older state. */
public enum Isolation {
    /** What it wrote and what was read for it: the outcome is that of one change after the other. */
    SERIALIZABLE,
    /** What it wrote. */
    SNAPSHOT
}
