package dev.sluice.server.query;

import dev.sluice.catalog.Catalog;
import dev.sluice.catalog.Sweep;
import dev.sluice.core.Code;
import dev.sluice.core.Failure;
import dev.sluice.planner.Upkeep;
import dev.sluice.server.backup.Backup;
import dev.sluice.server.query.Maintenance.Step;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;

/**
 * Deletes files that nothing needs, one clean-up at a time. Files that a running statement may have written, and
 * commits that it may read, are younger than any cut-off. Thread-safe.
 */
final class Cleaner {
    private static final Duration ORPHANS = Duration.ofDays(3);
    private static final Duration GARBAGE = Duration.ofDays(7);

    /** Closer to now, a cut-off must be forced. */
    private static final Duration SAFE = Duration.ofHours(1);

    private final Catalog catalog;
    private final Statements.Activity activity;
    private final InstantSource clock;
    private final ReentrantLock lock = new ReentrantLock();

    Cleaner(Catalog catalog, Statements.Activity activity, InstantSource clock) {
        this.catalog = catalog;
        this.activity = activity;
        this.clock = clock;
    }

    List<Step> removeOrphans(Upkeep.RemoveOrphanFiles remove, boolean dryRun, Plan plan) {
        var table = remove.table().map(plan.tables()::load);
        return clean(
                cutOff(remove.cutOff(), ORPHANS),
                dryRun,
                olderThan -> Maintenance.housekeeping(catalog).orphans(table, olderThan));
    }

    List<Step> collectGarbage(Upkeep.CollectGarbage collect, boolean dryRun) {
        return clean(
                cutOff(collect.cutOff(), GARBAGE),
                dryRun,
                olderThan -> Maintenance.housekeeping(catalog).garbage(olderThan));
    }

    /** Copies the lake while nothing is cleaned up. */
    List<Step> backUp(String target) {
        lock.lock();
        try {
            var folder = Path.of(target);
            if (!folder.isAbsolute()) {
                throw new Failure.Invalid(
                                Code.INVALID_VALUE,
                                "Folder '" + target + "' is not an absolute path of the server's disk",
                                Optional.empty())
                        .exception();
            }
            var report = new Backup(Maintenance.housekeeping(catalog)).to(folder);
            return List.of(new Step(
                    "back up",
                    folder.normalize().toString(),
                    report.bytes(),
                    report.files() + " files, " + report.added() + " of them new"));
        } finally {
            lock.unlock();
        }
    }

    private interface Search {
        Sweep before(Instant olderThan);
    }

    private List<Step> clean(Instant cutOff, boolean dryRun, Search search) {
        lock.lock();
        try {
            var sweep = search.before(Stream.of(
                            Optional.of(cutOff),
                            activity.running().oldest(),
                            activity.transactions().oldest())
                    .flatMap(Optional::stream)
                    .min(Comparator.naturalOrder())
                    .orElseThrow());
            if (!dryRun) {
                Maintenance.housekeeping(catalog).run(sweep);
            }
            return sweep.files().stream().map(file -> Step.of("delete", file)).toList();
        } finally {
            lock.unlock();
        }
    }

    private Instant cutOff(Upkeep.CutOff cutOff, Duration preset) {
        var now = clock.instant();
        var olderThan = cutOff.olderThan().orElseGet(() -> now.minus(preset));
        if (!cutOff.forced() && olderThan.isAfter(now.minus(SAFE))) {
            throw new Failure.Invalid(
                            Code.INVALID_VALUE,
                            "The cut-off " + olderThan + " is less than " + SAFE.toHours()
                                    + " hour ago: choose an older one, or add FORCE",
                            Optional.empty())
                    .exception();
        }
        return olderThan;
    }
}
