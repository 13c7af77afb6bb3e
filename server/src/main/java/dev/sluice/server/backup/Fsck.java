package dev.sluice.server.backup;

import dev.sluice.catalog.Housekeeping;
import dev.sluice.catalog.LiveFile;
import dev.sluice.engine.Engine;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Looks whether every file that a commit needs is there, as long as it should be, and can be read. */
public final class Fsck {
    private final Housekeeping lake;
    private final Engine engine;

    public Fsck(Housekeeping lake, Engine engine) {
        this.lake = lake;
        this.engine = engine;
    }

    /** How closely it looks. */
    public enum Depth {
        /** At metadata, manifests, lengths and footers. */
        FOOTERS,
        /** At every value of every data file, too. */
        DATA
    }

    /**
     * What it found.
     *
     * @param files how many it looked at
     * @param bytes of those that are there
     * @param problems one line each, in the order of the history
     */
    public record Report(long files, long bytes, List<String> problems) {
        public Report {
            problems = List.copyOf(problems);
        }
    }

    public Report run(Depth depth) {
        var found = lake.inspect();
        var problems = new ArrayList<String>();
        var bytes = 0L;
        for (var file : found.files()) {
            var length = lake.length(file);
            if (length.isEmpty()) {
                problems.add(problem(file, "is missing"));
                continue;
            }
            bytes += length.getAsLong();
            damage(
                            file,
                            length.getAsLong(),
                            depth,
                            found.unreadable().stream()
                                    .filter(each -> each.file().equals(file))
                                    .map(each -> each.reason())
                                    .findFirst())
                    .ifPresent(reason -> problems.add(problem(file, reason)));
        }
        return new Report(found.files().size(), bytes, problems);
    }

    private static String problem(LiveFile file, String reason) {
        return "The " + file.kind() + " " + file.path() + " of " + file.owner() + " " + reason;
    }

    private Optional<String> damage(LiveFile file, long length, Depth depth, Optional<String> unreadable) {
        if (unreadable.isPresent()) {
            return unreadable.map(reason -> "cannot be read: " + reason);
        }
        if (file.bytes().isPresent() && file.bytes().getAsLong() != length) {
            return Optional.of(
                    "has " + length + " bytes, and should have " + file.bytes().getAsLong());
        }
        try {
            switch (file.kind()) {
                case DATA, DELETES ->
                    engine.requireReadable(
                            file.path(),
                            switch (depth) {
                                case FOOTERS -> Engine.Reading.FOOTER;
                                case DATA -> Engine.Reading.ROWS;
                            });
                case DELETION_VECTORS -> lake.requireVectors(file.path());
                case TABLE_METADATA, MANIFEST_LIST, MANIFEST, STATISTICS, VIEW, FUNCTION, LOADS -> {}
            }
            return Optional.empty();
        } catch (RuntimeException e) {
            return Optional.of("is damaged: " + e.getMessage());
        }
    }
}
