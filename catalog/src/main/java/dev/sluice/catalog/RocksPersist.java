package dev.sluice.catalog;

import static org.projectnessie.versioned.storage.serialize.ProtoSerialization.deserializeObj;
import static org.projectnessie.versioned.storage.serialize.ProtoSerialization.deserializeObjId;
import static org.projectnessie.versioned.storage.serialize.ProtoSerialization.serializeObj;

import dev.sluice.catalog.RocksStore.Durability;
import dev.sluice.catalog.RocksStore.Entry;
import dev.sluice.catalog.RocksStore.Family;
import java.lang.reflect.Array;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.projectnessie.nessie.relocated.protobuf.ByteString;
import org.projectnessie.versioned.storage.common.config.StoreConfig;
import org.projectnessie.versioned.storage.common.exceptions.ObjTooLargeException;
import org.projectnessie.versioned.storage.common.exceptions.RefAlreadyExistsException;
import org.projectnessie.versioned.storage.common.exceptions.RefConditionFailedException;
import org.projectnessie.versioned.storage.common.exceptions.RefNotFoundException;
import org.projectnessie.versioned.storage.common.objtypes.UpdateableObj;
import org.projectnessie.versioned.storage.common.persist.CloseableIterator;
import org.projectnessie.versioned.storage.common.persist.Obj;
import org.projectnessie.versioned.storage.common.persist.ObjId;
import org.projectnessie.versioned.storage.common.persist.ObjType;
import org.projectnessie.versioned.storage.common.persist.Persist;
import org.projectnessie.versioned.storage.common.persist.Reference;

/**
 * Nessie's objects and references in a {@link RocksStore}. Objects are content-addressed and written buffered; the
 * reference that makes them visible is written synced after them, so that an acknowledged commit outlives a power cut.
 * The layout is that of Nessie's own RocksDB module. Thread-safe.
 */
final class RocksPersist implements Persist {
    private final RocksStore store;
    private final StoreConfig config;
    private final ByteString prefix;
    private final RocksReferences references;
    private final Stripes locks = new Stripes();

    RocksPersist(RocksStore store, StoreConfig config) {
        this.store = store;
        this.config = config;
        this.prefix = ByteString.copyFromUtf8(config.repositoryId() + ":");
        this.references = new RocksReferences(store, prefix);
    }

    @Override
    public String name() {
        return "RocksDB";
    }

    @Override
    public StoreConfig config() {
        return config;
    }

    private byte[] key(ObjId id) {
        return prefix.concat(id.asBytes()).toByteArray();
    }

    @Override
    public @Nullable Reference fetchReference(String name) {
        return references.find(name);
    }

    @Override
    @SuppressWarnings("NullAway") // Nessie's arrays hold nulls, which its annotations cannot say
    public Reference[] fetchReferences(String[] names) {
        return Arrays.stream(names)
                .map(name -> name == null ? null : fetchReference(name))
                .toArray(Reference[]::new);
    }

    @Override
    public Reference addReference(Reference reference) throws RefAlreadyExistsException {
        return references.add(reference);
    }

    @Override
    public Reference markReferenceAsDeleted(Reference reference)
            throws RefNotFoundException, RefConditionFailedException {
        return references.change(reference, reference.withDeleted(true));
    }

    @Override
    public void purgeReference(Reference reference) throws RefNotFoundException, RefConditionFailedException {
        references.purge(reference);
    }

    @Override
    public Reference updateReferencePointer(Reference reference, ObjId newPointer)
            throws RefNotFoundException, RefConditionFailedException {
        return references.change(reference, reference.forNewPointer(newPointer, config));
    }

    @Override
    @SuppressWarnings({"unchecked", "NullAway"}) // an array with a null for each object that is not there
    public <T extends Obj> T[] fetchTypedObjsIfExist(ObjId[] ids, ObjType type, Class<T> typeClass) {
        var found = (T[]) Array.newInstance(typeClass, ids.length);
        for (var i = 0; i < ids.length; i++) {
            var object = ids[i] == null ? null : object(ids[i], store.find(Family.OBJECTS, key(ids[i])));
            var fits = object != null && (type == null || type.equals(object.type()));
            found[i] = fits ? (T) object : null;
        }
        return found;
    }

    private static @Nullable Obj object(ObjId id, byte @Nullable [] bytes) {
        return bytes == null ? null : deserialized(id, bytes);
    }

    @SuppressWarnings("NullAway") // no version token: Nessie's way to say so is null
    private static Obj deserialized(ObjId id, byte[] bytes) {
        return deserializeObj(id, 0L, bytes, null);
    }

    @Override
    public boolean storeObj(Obj obj, boolean ignoreSoftSizeRestrictions) throws ObjTooLargeException {
        var isNew = store.find(Family.OBJECTS, key(obj.id())) == null;
        store.putAll(Family.OBJECTS, List.of(entry(obj, ignoreSoftSizeRestrictions || !isNew)));
        return isNew;
    }

    @Override
    @SuppressWarnings("NullAway") // Nessie passes nulls for objects that need no storing
    public boolean[] storeObjs(Obj[] objs) throws ObjTooLargeException {
        var isNew = new boolean[objs.length];
        var entries = new ArrayList<Entry>();
        for (var i = 0; i < objs.length; i++) {
            if (objs[i] != null) {
                isNew[i] = store.find(Family.OBJECTS, key(objs[i].id())) == null;
                entries.add(entry(objs[i], !isNew[i]));
            }
        }
        store.putAll(Family.OBJECTS, entries);
        return isNew;
    }

    private Entry entry(Obj obj, boolean anySize) throws ObjTooLargeException {
        var referenced = obj.referenced() == -1L ? obj : obj.withReferenced(config.currentTimeMicros());
        return new Entry(
                key(obj.id()),
                serializeObj(
                        referenced,
                        anySize ? Integer.MAX_VALUE : effectiveIncrementalIndexSizeLimit(),
                        anySize ? Integer.MAX_VALUE : effectiveIndexSegmentSizeLimit(),
                        true));
    }

    @Override
    public void upsertObj(Obj obj) throws ObjTooLargeException {
        store.putAll(Family.OBJECTS, List.of(entry(obj, false)));
    }

    @Override
    @SuppressWarnings("NullAway") // as in storeObjs
    public void upsertObjs(Obj[] objs) throws ObjTooLargeException {
        for (var obj : objs) {
            if (obj != null) {
                upsertObj(obj);
            }
        }
    }

    @Override
    public void deleteObj(ObjId id) {
        store.delete(Family.OBJECTS, key(id), Durability.BUFFERED);
    }

    @Override
    @SuppressWarnings("NullAway") // as in storeObjs
    public void deleteObjs(ObjId[] ids) {
        Arrays.stream(ids).filter(Objects::nonNull).forEach(this::deleteObj);
    }

    @Override
    public boolean deleteWithReferenced(Obj obj) {
        return conditionally(obj, current -> {
            var same = obj.referenced() == -1L || current.referenced() == obj.referenced();
            if (same) {
                deleteObj(obj.id());
            }
            return same;
        });
    }

    @Override
    public boolean deleteConditional(UpdateableObj obj) {
        return conditionally(obj, current -> {
            var same = ((UpdateableObj) current).versionToken().equals(obj.versionToken());
            if (same) {
                deleteObj(obj.id());
            }
            return same;
        });
    }

    @Override
    public boolean updateConditional(UpdateableObj expected, UpdateableObj newValue) throws ObjTooLargeException {
        return conditionally(expected, current -> {
            var same = ((UpdateableObj) current).versionToken().equals(expected.versionToken());
            if (same) {
                upsertObj(newValue);
            }
            return same;
        });
    }

    private interface Condition<E extends Exception> {
        boolean apply(Obj current) throws E;
    }

    private <E extends Exception> boolean conditionally(Obj obj, Condition<E> condition) throws E {
        var lock = locks.of(obj.id());
        lock.lock();
        try {
            var current = object(obj.id(), store.find(Family.OBJECTS, key(obj.id())));
            return current != null && current.type().equals(obj.type()) && condition.apply(current);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public CloseableIterator<Obj> scanAllObjects(Set<ObjType> returnedObjTypes) {
        var objects = new ArrayList<Obj>();
        store.forEach(Family.OBJECTS, (key, value) -> {
            var id = deserializeObjId(ByteString.copyFrom(key).substring(prefix.size()));
            var object = deserialized(id, value);
            if (returnedObjTypes.isEmpty() || returnedObjTypes.contains(object.type())) {
                objects.add(object);
            }
        });
        return new Listed(objects.iterator());
    }

    @Override
    public void erase() {
        for (var family : Family.values()) {
            var keys = new ArrayList<byte[]>();
            store.forEach(family, (key, _) -> keys.add(key));
            keys.forEach(key -> store.delete(family, key, Durability.SYNCED));
        }
    }

    private record Listed(Iterator<Obj> objects) implements CloseableIterator<Obj> {
        @Override
        public boolean hasNext() {
            return objects.hasNext();
        }

        @Override
        public Obj next() {
            return objects.next();
        }

        @Override
        public void close() {}
    }
}
