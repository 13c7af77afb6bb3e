package dev.sluice.catalog;

import static org.projectnessie.versioned.storage.serialize.ProtoSerialization.deserializeReference;
import static org.projectnessie.versioned.storage.serialize.ProtoSerialization.serializeReference;

import dev.sluice.catalog.RocksStore.Durability;
import dev.sluice.catalog.RocksStore.Family;
import org.jspecify.annotations.Nullable;
import org.projectnessie.nessie.relocated.protobuf.ByteString;
import org.projectnessie.versioned.storage.common.exceptions.RefAlreadyExistsException;
import org.projectnessie.versioned.storage.common.exceptions.RefConditionFailedException;
import org.projectnessie.versioned.storage.common.exceptions.RefNotFoundException;
import org.projectnessie.versioned.storage.common.persist.Reference;

/**
 * Nessie's references: each changes only from the state that its changer expects, and every change is forced to the
 * disk together with all objects written before it. Thread-safe.
 */
final class RocksReferences {
    private final RocksStore store;
    private final ByteString prefix;
    private final Stripes locks = new Stripes();

    RocksReferences(RocksStore store, ByteString prefix) {
        this.store = store;
        this.prefix = prefix;
    }

    private byte[] key(String name) {
        return prefix.concat(ByteString.copyFromUtf8(name)).toByteArray();
    }

    @Nullable
    Reference find(String name) {
        var bytes = store.find(Family.REFERENCES, key(name));
        return bytes == null ? null : deserializeReference(bytes);
    }

    private void put(Reference reference) {
        store.put(Family.REFERENCES, key(reference.name()), serializeReference(reference), Durability.SYNCED);
    }

    Reference add(Reference reference) throws RefAlreadyExistsException {
        var lock = locks.of(reference.name());
        lock.lock();
        try {
            var current = find(reference.name());
            if (current != null) {
                throw new RefAlreadyExistsException(current);
            }
            put(reference);
            return reference;
        } finally {
            lock.unlock();
        }
    }

    /** Changes a reference that is not deleted. */
    Reference change(Reference expected, Reference next) throws RefNotFoundException, RefConditionFailedException {
        var lock = locks.of(expected.name());
        lock.lock();
        try {
            require(expected.withDeleted(false));
            put(next);
            return next;
        } finally {
            lock.unlock();
        }
    }

    /** Forgets a reference that is deleted. */
    void purge(Reference expected) throws RefNotFoundException, RefConditionFailedException {
        var lock = locks.of(expected.name());
        lock.lock();
        try {
            require(expected.withDeleted(true));
            store.delete(Family.REFERENCES, key(expected.name()), Durability.SYNCED);
        } finally {
            lock.unlock();
        }
    }

    private void require(Reference expected) throws RefNotFoundException, RefConditionFailedException {
        var current = find(expected.name());
        if (current == null) {
            throw new RefNotFoundException(expected);
        }
        if (!current.equals(expected)) {
            throw new RefConditionFailedException(current);
        }
    }
}
