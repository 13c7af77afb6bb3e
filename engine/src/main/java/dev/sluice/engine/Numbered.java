package dev.sluice.engine;

import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/** Java objects under the numbers that native code keeps for them, from 1. Thread-safe. */
final class Numbered<T> {
    private final AtomicLong last = new AtomicLong();
    private final Map<Long, T> objects = new ConcurrentHashMap<>();

    long add(T object) {
        var number = last.incrementAndGet();
        objects.put(number, object);
        return number;
    }

    T get(long number) {
        return Objects.requireNonNull(objects.get(number), "The number was given away");
    }

    Optional<T> remove(long number) {
        return Optional.ofNullable(objects.remove(number));
    }
}
