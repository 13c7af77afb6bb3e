package dev.sluice.catalog;

import dev.sluice.core.Ref;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.stream.Collectors;
import org.projectnessie.model.Content;
import org.projectnessie.model.ContentKey;
import org.projectnessie.model.IcebergTable;

/**
 * Merges a branch into another by what its tables hold: what one side alone has changed is Nessie's to take, and a
 * table that both have changed is replayed. All of it is one commit, whose second parent is the branch, so that the
 * next merge begins where this one ended. Thread-safe.
 */
final class Merging {
    private static final int ATTEMPTS = 20;
    private static final int MAX_REASONS = 10;

    private final History history;
    private final Names names;
    private final Tables tables;
    private final WarehouseIO io;
    private final LoadLog loads;
    private final ExecutorService executor;

    Merging(History history, Names names, Tables tables, WarehouseIO io, LoadLog loads, ExecutorService executor) {
        this.history = history;
        this.names = names;
        this.tables = tables;
        this.io = io;
        this.loads = loads;
        this.executor = executor;
    }

    /** One merge while it is tried. */
    private record Sides(Commit base, Commit source, Commit target) {}

    CommitOutcome merge(Commit from, Ref.Branch into, CommitNote note) {
        var twins = names.at(from).twins(names.at(history.resolve(into)));
        if (!twins.isEmpty()) {
            return new CommitOutcome.Conflicted("Names that differ in case alone: " + twins);
        }
        var attempt = history.merge(from, into, Map.of(), note);
        for (var i = 1; i < ATTEMPTS && attempt instanceof MergeAttempt.Conflicting conflicting; i++) {
            attempt = resolve(conflicting, from, into, note);
        }
        return switch (attempt) {
            case MergeAttempt.Ended(var outcome) -> outcome;
            case MergeAttempt.Conflicting conflicting ->
                new CommitOutcome.Conflicted(into + " was changed again and again while " + from.ref()
                        + " was merged into it: "
                        + conflicting.keys().stream().map(Merging::shown).collect(Collectors.joining(", ")));
        };
    }

    /**
     * A merge that was not made.
     *
     * @param ancestor hash of the commit from which both sides went on
     * @param conflicts why a key cannot be merged
     */
    record Foreseen(String ancestor, Map<ContentKey, String> conflicts) {}

    /** Decides as {@link #merge} does; what is written to decide is deleted again. */
    Foreseen foresee(Commit from, Ref.Branch into) {
        var parted = history.foresee(from, into);
        var sides = sides(parted, from, into);
        var conflicts = new HashMap<ContentKey, String>();
        for (var key : parted.keys()) {
            switch (replay(key, sides)) {
                case TableReplay.Outcome.Refused(String reason) -> conflicts.put(key, reason(key, sides, reason));
                case TableReplay.Outcome.Merged(StagedTable table) -> table.discard();
            }
        }
        var source = names.at(from);
        source.twins(names.at(sides.target()))
                .forEach(twin -> source.find(twin)
                        .ifPresent(entry -> conflicts.put(
                                entry.key(), "'" + twin + "' and a name of " + into + " differ in case alone")));
        return new Foreseen(parted.ancestor(), Map.copyOf(conflicts));
    }

    private static Sides sides(MergeAttempt.Conflicting parted, Commit from, Ref.Branch into) {
        return new Sides(new Commit(from.ref(), parted.ancestor()), from, new Commit(into, parted.target()));
    }

    /** Tries again with all conflicts resolved, if they can be. */
    private MergeAttempt resolve(MergeAttempt.Conflicting conflicting, Commit from, Ref.Branch into, CommitNote note) {
        var sides = sides(conflicting, from, into);
        var staged = new ArrayList<StagedTable>();
        var reasons = new ArrayList<String>();
        var resolved = new HashMap<ContentKey, MergeAttempt.Resolved>();
        try {
            for (var key : conflicting.keys()) {
                switch (replay(key, sides)) {
                    case TableReplay.Outcome.Refused(String reason) -> reasons.add(reason(key, sides, reason));
                    case TableReplay.Outcome.Merged(StagedTable table) -> {
                        staged.add(table);
                        var current =
                                (IcebergTable) names.find(sides.target(), key).orElseThrow();
                        var content = NessieTables.content(table).withId(current.getId());
                        resolved.put(key, new MergeAttempt.Resolved(current, content));
                    }
                }
            }
            var attempt = reasons.isEmpty()
                    ? history.merge(from, into, resolved, note)
                    : new MergeAttempt.Ended(new CommitOutcome.Conflicted(
                            reasons.stream().sorted().limit(MAX_REASONS).collect(Collectors.joining("; "))));
            if (attempt.happenedNot()) {
                staged.forEach(StagedTable::discard);
            }
            return attempt;
        } catch (RuntimeException e) {
            staged.forEach(StagedTable::discard);
            throw e;
        }
    }

    private TableReplay.Outcome replay(ContentKey key, Sides sides) {
        var contents = List.of(
                names.find(sides.base(), key), names.find(sides.source(), key), names.find(sides.target(), key));
        if (contents.stream().anyMatch(Optional::isEmpty)) {
            return new TableReplay.Outcome.Refused(
                    contents.getFirst().isEmpty()
                            ? "both have made it"
                            : "one has dropped it and the other changed it");
        }
        var tablesOnly = contents.stream()
                .map(Optional::orElseThrow)
                .filter(IcebergTable.class::isInstance)
                .map(IcebergTable.class::cast)
                .toList();
        if (tablesOnly.size() < contents.size()) {
            return new TableReplay.Outcome.Refused("only changes of tables can be joined");
        }
        if (tablesOnly.stream().map(Content::getId).distinct().count() > 1) {
            return new TableReplay.Outcome.Refused("one has dropped it and made it anew");
        }
        var metadata = tablesOnly.stream()
                .map(table -> tables.metadata(table.getMetadataLocation()))
                .toList();
        return CatalogFailures.translated("Merging '" + shown(key) + "'", () -> {
            var twice = loads.onBoth(metadata.get(0), metadata.get(1), metadata.get(2));
            if (twice.isPresent()) {
                return new TableReplay.Outcome.Refused(
                        "both have loaded '" + twice.get().name() + "'");
            }
            var definitions = new DefinitionMerge(metadata.get(0), metadata.get(1), metadata.get(2));
            return new TableReplay(definitions, io, executor).run();
        });
    }

    private String reason(ContentKey key, Sides sides, String reason) {
        return "'" + shown(key) + "' was changed on both sides since they parted: " + reason
                + side(key, sides.source(), sides.base())
                + side(key, sides.target(), sides.base());
    }

    private String side(ContentKey key, Commit side, Commit base) {
        return history.lastChange(key, side, base)
                .map(commit -> "; " + side.ref() + ": " + commit)
                .orElse("");
    }

    private static String shown(ContentKey key) {
        return String.join(".", key.getElements());
    }
}
