package dev.sluice.catalog;

import dev.sluice.core.Alteration;
import dev.sluice.core.DataFile;
import dev.sluice.core.QualifiedName;
import dev.sluice.core.RemovedRows;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** One change of the catalog's state, made by one commit. */
public sealed interface Change {
    record CreateSchema(String name) implements Change {}

    /** Drops an empty schema; {@code SCHEMA_NOT_EMPTY} otherwise. */
    record DropSchema(String name) implements Change {}

    /**
     * Makes a draft real, with the data of its first files, in one commit.
     *
     * @param replaced the table whose place it takes, as the draft was told; conflicts with whatever changed it since
     */
    record CreateTable(TableVersion draft, List<DataFile> files, Loads loads, Optional<TableVersion> replaced)
            implements Change {
        public CreateTable {
            files = List.copyOf(files);
        }

        public CreateTable(TableVersion draft, List<DataFile> files) {
            this(draft, files, Loads.NONE, Optional.empty());
        }
    }

    /** Makes the changes on whatever the table has become, as long as they are still valid there. */
    record AlterTable(TableVersion base, List<Alteration> alterations) implements Change {
        public AlterTable {
            alterations = List.copyOf(alterations);
        }
    }

    /** Gives a table or a view another name, in its own schema or in another one; {@code Exists} where it is taken. */
    record Rename(QualifiedName name, QualifiedName to) implements Change {}

    /** Puts a table back to this version of it, whatever it has become; makes it again where it was dropped. */
    record RevertTable(TableVersion to) implements Change {}

    record DropTable(QualifiedName name) implements Change {}

    /** Adds rows; concurrent appends to one table all succeed. */
    record Append(TableVersion base, List<DataFile> files, Loads loads) implements Change {
        public Append {
            files = List.copyOf(files);
        }

        public Append(TableVersion base, List<DataFile> files) {
            this(base, files, Loads.NONE);
        }
    }

    /**
     * Replaces data files by others, or takes rows away from files that stay, as UPDATE and DELETE do: conflicts with
     * whatever changed the table since {@code base} was read (serialisable isolation).
     */
    record Replace(TableVersion base, List<Path> removed, List<DataFile> added, List<RemovedRows> deleted)
            implements Change {
        public Replace {
            removed = List.copyOf(removed);
            added = List.copyOf(added);
            deleted = List.copyOf(deleted);
        }

        public Replace(TableVersion base, List<Path> removed, List<DataFile> added) {
            this(base, removed, added, List.of());
        }

        boolean isEmpty() {
            return removed.isEmpty() && added.isEmpty() && deleted.isEmpty();
        }
    }

    /**
     * Puts files in the place of all files of the partitions that they are in, or of all files of a table without
     * partitions: conflicts as {@link Replace} does.
     */
    record ReplacePartitions(TableVersion base, List<DataFile> added) implements Change {
        public ReplacePartitions {
            added = List.copyOf(added);
        }
    }

    /**
     * Puts the same rows into other data files. Rows that others add meanwhile do not conflict; rows of these files
     * that others remove do.
     */
    record Rewrite(TableVersion base, List<Path> removed, List<DataFile> added) implements Change {
        public Rewrite {
            removed = List.copyOf(removed);
            added = List.copyOf(added);
        }
    }

    /** Takes old snapshots out of a table's metadata; no file goes, since the commits before still have them. */
    record ExpireSnapshots(QualifiedName table, SnapshotAge age) implements Change {}

    /** Writes a table's manifests anew, so that each lists files of near partitions. */
    record RewriteManifests(QualifiedName table) implements Change {}

    /** Creates a view, or gives one another definition. */
    record PutView(QualifiedName name, ViewDefinition view) implements Change {}

    record DropView(QualifiedName name) implements Change {}

    /** Creates or replaces a function. */
    record PutFunction(FunctionVersion function) implements Change {}

    record DropFunction(QualifiedName name) implements Change {}
}
