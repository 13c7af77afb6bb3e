package dev.sluice.catalog;

import dev.sluice.core.QualifiedName;
import dev.sluice.core.Ref;
import java.util.Optional;
import org.apache.iceberg.TableMetadata;

/** What says which state of a table is the present one: the branches of a Nessie, for one. Thread-safe. */
interface TableStates {
    /** What the branch is now. */
    Commit head(Ref.Branch branch);

    /** The table as the head has it, where it has one of that name. */
    Optional<Current> find(QualifiedName name, Commit head);

    /** The table as the head has it; {@code TABLE_NOT_FOUND} where it has none of that name. */
    default Current load(QualifiedName name, Commit head) {
        return find(name, head).orElseThrow(() -> CatalogFailures.tableNotFound(name));
    }

    /** The name that a new table gets, in its schema's own case; fails where it is taken. */
    QualifiedName free(QualifiedName name, Commit head);

    /** Makes what is staged a table, under a name that is free at the head. */
    CommitOutcome create(Ref.Branch branch, Commit head, QualifiedName name, StagedTable staged, CommitNote note);

    /** Makes what is staged the table's state; conflicts with whatever changed it since it was loaded. */
    CommitOutcome update(Ref.Branch branch, Current current, StagedTable staged, CommitNote note);

    /** Makes an older metadata file the state of the table again, as it stands, or makes the table again of it. */
    CommitOutcome restore(Ref.Branch branch, QualifiedName name, TableMetadata then, CommitNote note);

    /** Who changed the table after {@code base}, in words that go on a sentence; empty where that is not known. */
    String changer(Current current, Commit base);

    /** A table as the head of a branch has it. */
    record Current(Commit head, QualifiedName name, String metadataLocation) {}
}
