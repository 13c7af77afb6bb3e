package dev.sluice.catalog;

import java.util.List;

/**
 * What was found by following every branch and tag to all of its files.
 *
 * @param files all that are named, whether they are there or not
 * @param unreadable those among them that name others and could not be read
 */
public record Inspection(List<LiveFile> files, List<Unreadable> unreadable) {
    public Inspection {
        files = List.copyOf(files);
        unreadable = List.copyOf(unreadable);
    }

    public record Unreadable(LiveFile file, String reason) {}
}
