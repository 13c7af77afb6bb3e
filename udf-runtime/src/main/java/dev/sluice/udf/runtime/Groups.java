package dev.sluice.udf.runtime;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.Arrays;
import java.util.Objects;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The objects of one aggregation, each under a number from 1. Thread-safe; finding one takes no lock, as the thread
 * that asks has its number from the thread that added it.
 */
final class Groups {
    /** {@code (Object groups, long number) → Object}. */
    static final MethodHandle FIND = handle("find", Object.class, long.class);

    /** {@code (Object groups, Object group) → long}. */
    static final MethodHandle ADD = handle("add", long.class, Object.class);

    private static final int PAGE_BITS = 12;
    private static final int PAGE = 1 << PAGE_BITS;

    private final ReentrantLock lock = new ReentrantLock();

    private volatile @Nullable Object[][] pages = new @Nullable Object[0][];

    @GuardedBy("lock")
    private int used;

    @GuardedBy("lock")
    private int[] free = new int[64];

    @GuardedBy("lock")
    private int freed;

    private static MethodHandle handle(String name, Class<?> result, Class<?> parameter) {
        try {
            return MethodHandles.lookup()
                    .findVirtual(Groups.class, name, MethodType.methodType(result, parameter))
                    .asType(MethodType.methodType(result, Object.class, parameter));
        } catch (ReflectiveOperationException e) {
            throw new LinkageError("The method is ours", e);
        }
    }

    Object find(long number) {
        var index = Math.toIntExact(number) - 1;
        return Objects.requireNonNull(pages[index >>> PAGE_BITS][index & PAGE - 1]);
    }

    long add(Object group) {
        lock.lock();
        try {
            var index = freed > 0 ? free[--freed] : used++;
            if (index >>> PAGE_BITS == pages.length) {
                var more = Arrays.copyOf(pages, pages.length + 1);
                more[pages.length] = new @Nullable Object[PAGE];
                pages = more;
            }
            pages[index >>> PAGE_BITS][index & PAGE - 1] = group;
            return index + 1L;
        } finally {
            lock.unlock();
        }
    }

    void remove(long number) {
        lock.lock();
        try {
            var index = Math.toIntExact(number) - 1;
            pages[index >>> PAGE_BITS][index & PAGE - 1] = null;
            if (freed == free.length) {
                free = Arrays.copyOf(free, 2 * freed);
            }
            free[freed++] = index;
        } finally {
            lock.unlock();
        }
    }

    int size() {
        lock.lock();
        try {
            return used - freed;
        } finally {
            lock.unlock();
        }
    }
}
