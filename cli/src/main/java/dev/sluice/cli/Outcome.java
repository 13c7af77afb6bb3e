package dev.sluice.cli;

/** What became of a statement. */
sealed interface Outcome {

    /** It gave rows, all of which were handled. */
    record Returned(long rows) implements Outcome {}

    /** It changed something; {@code rows} is the count that the server gave, 0 where there is nothing to count. */
    record Changed(long rows) implements Outcome {}
}
