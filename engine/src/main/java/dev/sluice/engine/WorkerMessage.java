package dev.sluice.engine;

/** What the server and a worker tell each other: one byte, and what follows it. */
final class WorkerMessage {
    /**
     * To a worker: the file of the shared memory and its size; answered by {@link #DONE} and the worker's address of
     * it.
     */
    static final int MAP = 1;

    /** To a worker: a function's image; answered by {@link #DONE} and 0. */
    static final int LOAD = 2;

    /**
     * To a worker: how many rows the image in the shared memory has, and the server's address of that memory; answered
     * by {@link #DONE} and 0 once the result is there instead, or the bytes that it needs where there are too few.
     */
    static final int CALL = 3;

    /** To a worker: the server's address of the shared memory, for the result that had no room; as {@link #CALL}. */
    static final int RESULT = 4;

    static final int DONE = 10;

    /** From a worker: what the function has failed with, in words. */
    static final int FAILED = 11;

    /** The same, from a worker that ends with it. */
    static final int SPENT = 12;

    private WorkerMessage() {}
}
