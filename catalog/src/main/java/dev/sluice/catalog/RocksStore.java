package dev.sluice.catalog;

import com.google.errorprone.annotations.MustBeClosed;
import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.sluice.core.Code;
import dev.sluice.core.Failure;
import dev.sluice.core.FailureException;
import dev.sluice.core.Scope;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.rocksdb.Checkpoint;
import org.rocksdb.ColumnFamilyDescriptor;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.ColumnFamilyOptions;
import org.rocksdb.DBOptions;
import org.rocksdb.InfoLogLevel;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.WriteBatch;
import org.rocksdb.WriteOptions;

/**
 * Two maps of bytes in one RocksDB. What was written {@link Durability#SYNCED}, and all that was written before it,
 * survives the loss of power. Thread-safe; a call after {@link #close} fails instead of touching freed memory.
 */
final class RocksStore implements AutoCloseable {
    private static final long WRITE_BUFFER_BYTES = 16L << 20;
    private static final long LOG_BYTES = 64L << 20;

    private final ReentrantReadWriteLock lifetime = new ReentrantReadWriteLock();

    @GuardedBy("lifetime")
    private final Scope scope;

    private final RocksDB db;
    private final Map<Family, ColumnFamilyHandle> families;
    private final WriteOptions buffered;
    private final WriteOptions synced;

    @GuardedBy("lifetime")
    private boolean closed;

    private RocksStore(Scope scope, RocksDB db, Map<Family, ColumnFamilyHandle> families) {
        this.scope = scope;
        this.db = db;
        this.families = families;
        this.buffered = scope.own(new WriteOptions());
        this.synced = scope.own(new WriteOptions().setSync(true));
    }

    /** The maps; their names and keys are those of Nessie's own RocksDB store. */
    enum Family {
        REFERENCES("nessie_refs"),
        OBJECTS("nessie_objects");

        private final String label;

        Family(String label) {
            this.label = label;
        }
    }

    /** What a write survives once it has returned: the end of this process, or of the machine. */
    enum Durability {
        BUFFERED,
        SYNCED
    }

    /** One entry to write; never compared. */
    @SuppressWarnings("ArrayRecordComponent")
    record Entry(byte[] key, byte[] value) {}

    @MustBeClosed
    static RocksStore open(Path folder) {
        RocksDB.loadLibrary();
        return Scope.handOver(scope -> {
            var familyOptions = scope.own(new ColumnFamilyOptions()
                    .optimizeUniversalStyleCompaction()
                    .setWriteBufferSize(WRITE_BUFFER_BYTES));
            var descriptors = new ArrayList<ColumnFamilyDescriptor>();
            descriptors.add(new ColumnFamilyDescriptor(RocksDB.DEFAULT_COLUMN_FAMILY, familyOptions));
            for (var family : Family.values()) {
                descriptors.add(
                        new ColumnFamilyDescriptor(family.label.getBytes(StandardCharsets.UTF_8), familyOptions));
            }
            var options = scope.own(new DBOptions()
                    .setCreateIfMissing(true)
                    .setCreateMissingColumnFamilies(true)
                    .setMaxTotalWalSize(LOG_BYTES)
                    .setKeepLogFileNum(2)
                    .setInfoLogLevel(InfoLogLevel.WARN_LEVEL));
            var handles = new ArrayList<ColumnFamilyHandle>();
            try {
                var db = scope.own(RocksDB.open(options, folder.toString(), descriptors, handles));
                handles.forEach(scope::own);
                var families = new EnumMap<Family, ColumnFamilyHandle>(Family.class);
                for (var family : Family.values()) {
                    families.put(family, handles.get(1 + families.size()));
                }
                return new RocksStore(scope, db, families);
            } catch (RocksDBException e) {
                throw new FailureException(cannotOpen(folder, e), e);
            }
        });
    }

    private static Failure cannotOpen(Path folder, RocksDBException e) {
        var message = String.valueOf(e.getMessage());
        var reason = message.contains("lock") ? "another server has it open" : message;
        return new Failure.Invalid(
                Code.INVALID_VALUE, "Cannot open the catalog's store in " + folder + ": " + reason, Optional.empty());
    }

    byte @Nullable [] find(Family family, byte[] key) {
        return using(() -> db.get(handle(family), key));
    }

    void put(Family family, byte[] key, byte[] value, Durability durability) {
        using(() -> {
            db.put(handle(family), options(durability), key, value);
            return key;
        });
    }

    /** All of them or none. */
    void putAll(Family family, List<Entry> entries) {
        using(() -> {
            try (var batch = new WriteBatch()) {
                for (var entry : entries) {
                    batch.put(handle(family), entry.key(), entry.value());
                }
                db.write(buffered, batch);
            }
            return entries;
        });
    }

    void delete(Family family, byte[] key, Durability durability) {
        using(() -> {
            db.delete(handle(family), options(durability), key);
            return key;
        });
    }

    void forEach(Family family, BiConsumer<byte[], byte[]> body) {
        using(() -> {
            try (var entries = db.newIterator(handle(family))) {
                for (entries.seekToFirst(); entries.isValid(); entries.next()) {
                    body.accept(entries.key(), entries.value());
                }
                entries.status();
            }
            return family;
        });
    }

    /** Copies all to a new folder, as it is at one moment: large files are linked where that can be. */
    void copy(Path folder) {
        using(() -> {
            try (var checkpoint = Checkpoint.create(db)) {
                checkpoint.createCheckpoint(folder.toString());
            }
            return folder;
        });
    }

    private ColumnFamilyHandle handle(Family family) {
        return Objects.requireNonNull(families.get(family));
    }

    private WriteOptions options(Durability durability) {
        return switch (durability) {
            case BUFFERED -> buffered;
            case SYNCED -> synced;
        };
    }

    private interface Access<T extends @Nullable Object> {
        T run() throws RocksDBException;
    }

    private <T extends @Nullable Object> T using(Access<T> access) {
        lifetime.readLock().lock();
        try {
            if (closed) {
                throw new Failure.Cancelled(Code.SHUTTING_DOWN, "The catalog is closed").exception();
            }
            return access.run();
        } catch (RocksDBException e) {
            throw new FailureException(new Failure.Internal("The catalog's store failed: " + e.getMessage()), e);
        } finally {
            lifetime.readLock().unlock();
        }
    }

    @Override
    public void close() {
        lifetime.writeLock().lock();
        try {
            if (!closed) {
                closed = true;
                scope.close();
            }
        } finally {
            lifetime.writeLock().unlock();
        }
    }
}
