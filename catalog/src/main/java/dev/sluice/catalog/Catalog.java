package dev.sluice.catalog;

import com.google.errorprone.annotations.MustBeClosed;
import dev.sluice.core.PartitionField;
import dev.sluice.core.QualifiedName;
import dev.sluice.core.Ref;
import dev.sluice.s3.ObjectCache;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.arrow.vector.types.pojo.Schema;

/**
 * The lake's catalog: everything is read at a {@link Commit}, and changes are offered to a branch. Names match
 * case-insensitively and keep their case. Thread-safe. Failures are {@code FailureException}s.
 */
public interface Catalog extends AutoCloseable {
    /** Opens a catalog whose tables' files are all in folders. */
    @MustBeClosed
    static Catalog open(CatalogConfig config, InstantSource clock) {
        return open(config, Optional.empty(), clock);
    }

    /**
     * Opens the catalog that the configuration names, and makes what it needs where there is none yet.
     *
     * @param objects has a place for each object on the disk, where files may be objects; stays the caller's
     */
    @MustBeClosed
    @SuppressWarnings("MustBeClosedChecker") // it sees no return in a switch
    static Catalog open(CatalogConfig config, Optional<ObjectCache> objects, InstantSource clock) {
        return switch (config.home()) {
            case CatalogConfig.Home.Embedded _, CatalogConfig.Home.RemoteNessie _ ->
                NessieCatalog.open(config, objects, clock);
            case CatalogConfig.Home.Rest rest -> RestCatalog.open(config, rest, objects, clock);
        };
    }

    /** The commit that the ref names now; {@code REF_NOT_FOUND} where there is none. */
    Commit resolve(Ref ref);

    /** The last commit on the ref's history that is not younger than {@code time}. */
    Commit resolve(Ref ref, Instant time);

    /** All branches and tags, by name. */
    List<RefInfo> refs();

    /** Creates a branch or a tag at a commit; {@code REF_EXISTS} where the name is taken. */
    void createRef(Ref ref, Commit at);

    /** Whether a branch takes changes by merges alone; none does where the catalog knows no protection. */
    default boolean isProtected(Ref.Branch branch) {
        return false;
    }

    /** Drops a branch or a tag; {@code REF_NOT_FOUND} where there is none, {@code FORBIDDEN} for the default branch. */
    void dropRef(Ref ref);

    /** Merges all that {@code from} has and {@code into} lacks, in one commit; {@code Conflicted} names the tables. */
    CommitOutcome merge(Commit from, Ref.Branch into, CommitNote note);

    /** The history, and what its commits have in common; empty for a catalog that keeps no commits. */
    Optional<Branches> branches();

    /** Where transactions write; empty for a catalog in which none can. */
    Optional<Forks> forks();

    /** Names of the schemas, in order. */
    List<String> schemas(Commit commit);

    /** Names of the tables of all schemas, in order. */
    List<QualifiedName> tables(Commit commit);

    Optional<TableVersion> findTable(QualifiedName name, Commit commit);

    /**
     * The table as it was at one of its own Iceberg snapshots; {@code TABLE_NOT_FOUND} where it has no such snapshot.
     */
    TableVersion atSnapshot(TableVersion table, long snapshotId);

    /** The files that COPY INTO has read for the table, the oldest first. */
    List<LoadedFile> loads(TableVersion table);

    /** The files that a scan must read, after pruning by partitions and column bounds. */
    ScanFiles files(TableVersion table, ScanFiles.Request request);

    /** The tables that tell of tables. */
    MetadataRows metadata();

    /**
     * A table that does not exist yet: field ids are given and a place for its files is chosen, so that files can be
     * written before {@link Change.CreateTable} makes it real. Nothing is stored by this call.
     *
     * @param schema columns without field ids; nullable fields are optional columns
     * @param replaced the table of that name whose place it takes, with its files' folder and its history; empty where
     *     the name must be free
     */
    TableVersion draft(
            QualifiedName name,
            Schema schema,
            List<PartitionField> partitioning,
            Map<String, String> properties,
            Optional<TableVersion> replaced,
            Commit commit);

    /** What upkeep would do; empty for a catalog whose tables others keep. */
    default Optional<Housekeeping> housekeeping() {
        return Optional.empty();
    }

    /** Names of the views of all schemas, in order. */
    List<QualifiedName> views(Commit commit);

    Optional<ViewVersion> findView(QualifiedName name, Commit commit);

    /** Functions of all schemas, in order. */
    List<FunctionVersion> functions(Commit commit);

    Optional<FunctionVersion> findFunction(QualifiedName name, Commit commit);

    /**
     * Applies a change to the head of a branch in one commit. Safe retries on a concurrent commit are done inside; what
     * was read at the change's own base and has since been changed is {@code Conflicted}.
     */
    CommitOutcome commit(Ref.Branch branch, Change change, CommitNote note);

    @Override
    void close();
}
