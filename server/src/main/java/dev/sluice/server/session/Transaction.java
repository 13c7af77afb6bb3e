package dev.sluice.server.session;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.sluice.catalog.Commit;
import dev.sluice.catalog.ReadSet;
import dev.sluice.catalog.TableVersion;
import dev.sluice.core.Failure;
import dev.sluice.core.Filter;
import dev.sluice.core.Isolation;
import dev.sluice.core.Ref;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;

/**
 * Statements of a session that become one commit. Until its first write it reads the commit at which it began; from
 * then on, a hidden branch of its own. Thread-safe.
 */
public final class Transaction {
    private static final int MAX_TEXT = 4_000;
    private static final int MAX_READS_OF_A_TABLE = 200;

    private final Commit begin;
    private final Isolation isolation;
    private final Instant began;
    private final Map<Ref, Commit> otherRefs = new ConcurrentHashMap<>();
    private final ReentrantLock writing = new ReentrantLock();
    private final ReentrantLock lock = new ReentrantLock();

    @GuardedBy("lock")
    private final Map<String, List<ReadSet.Read>> reads = new LinkedHashMap<>();

    @GuardedBy("lock")
    private final StringBuilder text = new StringBuilder();

    private volatile Optional<Ref.Branch> fork = Optional.empty();
    private volatile Optional<Failure> failure = Optional.empty();
    private volatile Instant lastUsed;

    public Transaction(Commit begin, Isolation isolation, Instant now) {
        this.begin = begin;
        this.isolation = isolation;
        this.began = now;
        this.lastUsed = now;
    }

    /** Where it began: what it reads of its session's ref, but for its own writes. */
    public Commit begin() {
        return begin;
    }

    public Instant began() {
        return began;
    }

    public Isolation isolation() {
        return isolation;
    }

    /** The branch of its writes; empty before the first. */
    public Optional<Ref.Branch> fork() {
        return fork;
    }

    public void workOn(Ref.Branch branch) {
        fork = Optional.of(branch);
    }

    /** Its branch is gone; what it began from is left. */
    public void leaveFork() {
        fork = Optional.empty();
    }

    /** Held while a statement writes, and while the transaction ends: one at a time. */
    public ReentrantLock writing() {
        return writing;
    }

    /** Another ref that it reads stays where it was when it was read first. */
    public Commit pinned(Ref ref, Function<Ref, Commit> resolve) {
        return ref.equals(begin.ref()) ? begin : otherRefs.computeIfAbsent(ref, resolve);
    }

    /** Why it can only be rolled back; empty while all is well. */
    public Optional<Failure> failure() {
        return failure;
    }

    /** Fails if it can only be rolled back. */
    public void requireUsable() {
        failure.ifPresent(reason -> {
            throw reason.exception();
        });
    }

    public void fail(Failure reason) {
        failure = failure.or(() -> Optional.of(reason));
    }

    public Instant lastUsed() {
        return lastUsed;
    }

    public void use(Instant now) {
        lastUsed = now;
    }

    /** Remembers what a statement read at the transaction's own ref; many reads of a table become one of all of it. */
    public void read(TableVersion table, Optional<Filter> filter) {
        lock.lock();
        try {
            if (!isOwn(table.commit().ref())) {
                return;
            }
            var name = table.name().folded().toString();
            var known = reads.computeIfAbsent(name, _ -> new ArrayList<>());
            if (known.size() == MAX_READS_OF_A_TABLE) {
                known.clear();
                known.add(new ReadSet.Read(table, Optional.empty()));
            } else if (known.stream()
                    .noneMatch(read -> read.filter().isEmpty() || read.filter().equals(filter))) {
                known.add(new ReadSet.Read(table, filter));
            }
        } finally {
            lock.unlock();
        }
    }

    private boolean isOwn(Ref ref) {
        return ref.equals(begin.ref()) || fork.filter(ref::equals).isPresent();
    }

    /** What must be as it was for the transaction to commit. */
    public ReadSet readSet() {
        lock.lock();
        try {
            return isolation == Isolation.SNAPSHOT
                    ? ReadSet.none(begin)
                    : new ReadSet(
                            begin, reads.values().stream().flatMap(List::stream).toList());
        } finally {
            lock.unlock();
        }
    }

    /** Remembers a statement that wrote, for the message of the commit. */
    public void wrote(String sql) {
        lock.lock();
        try {
            if (text.length() < MAX_TEXT) {
                text.append(text.isEmpty() ? "" : ";\n").append(sql);
            }
        } finally {
            lock.unlock();
        }
    }

    /** The statements that wrote, one after the other; the last ones may be missing. */
    public String text() {
        lock.lock();
        try {
            return text.toString();
        } finally {
            lock.unlock();
        }
    }
}
