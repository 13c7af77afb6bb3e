package dev.sluice.catalog;

import dev.sluice.core.Failure;
import dev.sluice.core.FailureException;
import dev.sluice.core.QualifiedName;
import dev.sluice.core.Ref;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.apache.iceberg.MetadataUpdate;
import org.apache.iceberg.SnapshotRef;
import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.UpdateRequirement;
import org.apache.iceberg.UpdateRequirements;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tables of a REST catalog, whose server writes the metadata files and decides which one is the table. Thread-safe. */
final class RestTables implements TableStates {
    private static final Logger LOG = LoggerFactory.getLogger(RestTables.class);

    private final RestServer server;
    private final RestCalls calls;
    private final RestStates states;
    private final Tables tables;

    RestTables(RestServer server, RestCalls calls, RestStates states, Tables tables) {
        this.server = server;
        this.calls = calls;
        this.states = states;
        this.tables = tables;
    }

    @Override
    public Commit head(Ref.Branch branch) {
        return states.begin(branch, Optional.empty());
    }

    @Override
    public Optional<Current> find(QualifiedName name, Commit head) {
        return states.at(head).table(name).map(table -> new Current(head, table.name(), table.metadataLocation()));
    }

    @Override
    public QualifiedName free(QualifiedName name, Commit head) {
        return states.at(head).freeName(name);
    }

    @Override
    public CommitOutcome create(
            Ref.Branch branch, Commit head, QualifiedName name, StagedTable staged, CommitNote note) {
        var table = staged.current();
        var updates = new ArrayList<MetadataUpdate>();
        // metadata that is built from nothing does not count these two among its changes
        updates.add(new MetadataUpdate.AssignUUID(table.uuid()));
        updates.add(new MetadataUpdate.UpgradeFormatVersion(table.formatVersion()));
        updates.addAll(table.changes());
        var outcome = calls.change("CREATE TABLE " + name, () -> {
            tables.remember(server.create(name, UpdateRequirements.forCreateTable(updates), updates));
            return head(branch);
        });
        return found(outcome, branch, name, now -> table.uuid().equals(now.uuid()));
    }

    @Override
    public CommitOutcome update(Ref.Branch branch, Current current, StagedTable staged, CommitNote note) {
        var base = tables.metadata(current.metadataLocation());
        var updates = staged.current().changes();
        var requirements = new ArrayList<>(UpdateRequirements.forUpdateTable(base, updates));
        requirements.addAll(unchanged(base));
        var outcome = calls.change("A change of table '" + current.name() + "'", () -> {
            tables.remember(server.update(current.name(), requirements, updates));
            return head(branch);
        });
        var added = updates.stream()
                .filter(MetadataUpdate.AddSnapshot.class::isInstance)
                .map(update -> ((MetadataUpdate.AddSnapshot) update).snapshot().snapshotId())
                .toList();
        return found(outcome, branch, current.name(), now -> added.stream().anyMatch(id -> now.snapshot(id) != null));
    }

    /** Looks for a change whose answer was lost: what it made has an id of its own. */
    private CommitOutcome found(
            CommitOutcome outcome, Ref.Branch branch, QualifiedName name, Predicate<TableMetadata> isMade) {
        if (!(outcome instanceof CommitOutcome.Unknown)) {
            return outcome;
        }
        try {
            return calls.ask(() -> server.table(name)).filter(isMade).isPresent()
                    ? new CommitOutcome.Committed(head(branch))
                    : outcome;
        } catch (FailureException e) {
            LOG.debug("What became of a change of {} cannot be seen", name, e);
            return outcome;
        }
    }

    /** Rows and columns are as they were, whatever of them the change was made for. */
    private static List<UpdateRequirement> unchanged(TableMetadata base) {
        var snapshot = base.currentSnapshot();
        return List.of(
                new UpdateRequirement.AssertRefSnapshotID(
                        SnapshotRef.MAIN_BRANCH, snapshot == null ? null : snapshot.snapshotId()),
                new UpdateRequirement.AssertCurrentSchemaID(base.currentSchemaId()),
                new UpdateRequirement.AssertDefaultSpecID(base.defaultSpecId()));
    }

    @Override
    public CommitOutcome restore(Ref.Branch branch, QualifiedName name, TableMetadata then, CommitNote note) {
        var head = head(branch);
        if (find(name, head).isPresent()) {
            throw Failure.unsupported("Table '" + name + "' cannot go back to what it was before it was replaced or its"
                            + " snapshots expired: an Iceberg REST catalog keeps no commits")
                    .exception();
        }
        var free = states.at(head).freeName(name);
        return calls.change("Restoring table '" + name + "'", () -> {
            server.register(free, then.metadataFileLocation());
            return head(branch);
        });
    }

    @Override
    public String changer(Current current, Commit base) {
        var snapshot = tables.metadata(current.metadataLocation()).currentSnapshot();
        return snapshot == null
                ? ""
                : "; its snapshot is " + snapshot.snapshotId() + " of "
                        + Instant.ofEpochMilli(snapshot.timestampMillis()) + " now";
    }

    /** The table's files stay. */
    CommitOutcome drop(Ref.Branch branch, QualifiedName name) {
        var stored = load(name, head(branch)).name();
        return calls.change("DROP TABLE " + stored, () -> {
            server.dropTable(stored);
            return head(branch);
        });
    }
}
