package dev.sluice.catalog;

import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;

/** A fixed number of locks, shared out among any number of keys: equal keys have the same lock. Thread-safe. */
final class Stripes {
    private static final int COUNT = 64;

    private final List<ReentrantLock> locks =
            Stream.generate(ReentrantLock::new).limit(COUNT).toList();

    ReentrantLock of(Object key) {
        return locks.get(Math.floorMod(key.hashCode(), COUNT));
    }
}
