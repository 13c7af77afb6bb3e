package dev.sluice.catalog;

/** Who changed the catalog, and by what: the author and message of a commit. */
public record CommitNote(String author, String message) {
    private static final int MAX_MESSAGE = 4_000;

    public CommitNote {
        if (message.length() > MAX_MESSAGE) {
            message = message.substring(0, MAX_MESSAGE) + "…";
        }
    }
}
