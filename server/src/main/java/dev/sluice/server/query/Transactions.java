package dev.sluice.server.query;

import com.google.errorprone.annotations.MustBeClosed;
import dev.sluice.catalog.Catalog;
import dev.sluice.catalog.Commit;
import dev.sluice.catalog.CommitNote;
import dev.sluice.catalog.CommitOutcome;
import dev.sluice.catalog.Forks;
import dev.sluice.core.Code;
import dev.sluice.core.Failure;
import dev.sluice.core.FailureException;
import dev.sluice.core.Isolation;
import dev.sluice.core.Ref;
import dev.sluice.planner.Statement;
import dev.sluice.server.session.Session;
import dev.sluice.server.session.Transaction;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Begins and ends transactions, and rolls back those that their clients have left. Thread-safe; a closed one rolls back
 * all that are open.
 */
public final class Transactions implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Transactions.class);
    private static final Duration LONGEST_ROUND = Duration.ofSeconds(10);

    private final Catalog catalog;
    private final Predicate<Session> isBusy;
    private final Duration timeout;
    private final InstantSource clock;
    private final Map<Session, Transaction> open = new ConcurrentHashMap<>();
    private final ScheduledExecutorService rounds;

    private Transactions(Catalog catalog, Predicate<Session> isBusy, Duration timeout, InstantSource clock) {
        this.catalog = catalog;
        this.isBusy = isBusy;
        this.timeout = timeout;
        this.clock = clock;
        this.rounds = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().name("transactions").daemon().factory());
    }

    /**
     * Collects what a server left that was killed.
     *
     * @param isBusy whether a statement of the session runs
     * @param timeout how long a transaction may rest
     */
    @MustBeClosed
    public static Transactions open(Catalog catalog, Predicate<Session> isBusy, Duration timeout, InstantSource clock) {
        catalog.forks().ifPresent(Forks::discardAll);
        var transactions = new Transactions(catalog, isBusy, timeout, clock);
        var round = Math.min(LONGEST_ROUND.toMillis(), Math.max(1, timeout.toMillis() / 4));
        var _ = transactions.rounds.scheduleWithFixedDelay(transactions::expire, round, round, TimeUnit.MILLISECONDS);
        return transactions;
    }

    /** When the oldest open transaction began; empty where none is open. */
    Optional<Instant> oldest() {
        return open.values().stream().map(Transaction::began).min(Comparator.naturalOrder());
    }

    void run(Session session, Statement.TransactionControl control, Commit at) {
        switch (control) {
            case Statement.Begin(Isolation isolation) -> begin(session, isolation, at);
            case Statement.Commit _ -> commit(session);
            case Statement.Rollback _ -> rollback(session);
        }
    }

    /** @param at what the session reads now */
    private void begin(Session session, Isolation isolation, Commit at) {
        if (session.transaction().isPresent()) {
            throw invalid(
                    Code.ACTIVE_TRANSACTION, "A transaction is open in this session already: COMMIT or ROLLBACK first");
        }
        var transaction = new Transaction(at, isolation, clock.instant());
        open.put(session, transaction);
        session.attach(transaction);
    }

    /** Whether the catalog lets transactions write. */
    boolean canWrite() {
        return catalog.forks().isPresent();
    }

    /** Runs one statement that writes as a transaction, of which its session knows nothing. */
    long alone(Session session, Isolation isolation, Plan plan, ToLongFunction<Session> statement) {
        var apart = session.apart();
        var transaction = new Transaction(plan.commit(), isolation, clock.instant());
        apart.attach(transaction);
        try {
            var changed = writing(apart, plan.sql(), () -> statement.applyAsLong(apart));
            commit(apart);
            return changed;
        } catch (RuntimeException e) {
            discardUnlessOver(apart, transaction);
            throw e;
        }
    }

    /** A commit ends the transaction itself, however it comes out. */
    private void discardUnlessOver(Session session, Transaction transaction) {
        if (session.transaction().isPresent()) {
            discard(transaction);
        }
    }

    /**
     * Runs a statement that writes: in a transaction on its own branch, one after the other.
     *
     * @param sql what the transaction's commit will tell of it
     */
    long writing(Session session, String sql, LongSupplier statement) {
        var transaction = session.transaction();
        if (transaction.isEmpty()) {
            return statement.getAsLong();
        }
        var current = transaction.get();
        current.writing().lock();
        try {
            current.requireUsable();
            if (current.fork().isEmpty() && current.begin().ref() instanceof Ref.Branch) {
                current.workOn(Branching.forks(catalog).fork(current.begin()));
            }
            var changed = statement.getAsLong();
            current.wrote(sql);
            return changed;
        } catch (FailureException e) {
            if (e.failure() instanceof Failure.OutcomeUnknown unknown) {
                current.fail(new Failure.Invalid(
                        Code.FAILED_TRANSACTION,
                        "It is not known what a statement of this transaction did: ROLLBACK (" + unknown.message()
                                + ")",
                        Optional.empty()));
            }
            throw e;
        } finally {
            current.use(clock.instant());
            current.writing().unlock();
        }
    }

    /** Makes all that the transaction wrote one commit of its branch; whatever happens, it is over. */
    private void commit(Session session) {
        var transaction = load(session);
        transaction.writing().lock();
        try {
            end(session, transaction);
            if (transaction.failure().isPresent()) {
                discard(transaction);
                throw transaction.failure().get().exception();
            }
            merge(session, transaction);
        } finally {
            transaction.writing().unlock();
        }
    }

    private void merge(Session session, Transaction transaction) {
        var fork = transaction.fork();
        if (fork.isEmpty() || !(transaction.begin().ref() instanceof Ref.Branch branch)) {
            return;
        }
        var note = new CommitNote(session.user(), transaction.text());
        CommitOutcome outcome;
        try {
            outcome = Branching.forks(catalog).merge(fork.get(), branch, transaction.readSet(), note);
        } catch (FailureException e) {
            discard(transaction);
            throw e;
        }
        switch (outcome) {
            case CommitOutcome.Committed _ -> {}
            case CommitOutcome.Conflicted(String reason) -> {
                discard(transaction);
                throw new Failure.Conflict(reason + ": nothing was changed, and it may succeed when repeated")
                        .exception();
            }
            case CommitOutcome.Unknown(String reason) ->
                throw new Failure.OutcomeUnknown(
                                reason + ": the transaction may be committed, look before you repeat it")
                        .exception();
        }
    }

    private void rollback(Session session) {
        var transaction = load(session);
        end(session, transaction);
        discard(transaction);
    }

    private static Transaction load(Session session) {
        return session.transaction()
                .orElseThrow(() ->
                        invalid(Code.NO_ACTIVE_TRANSACTION, "No transaction is open in this session: BEGIN one first"));
    }

    private void end(Session session, Transaction transaction) {
        open.remove(session);
        session.detach(transaction);
    }

    /** The session is over, and its transaction with it. */
    public void abandon(Session session) {
        Optional.ofNullable(open.remove(session)).ifPresent(transaction -> {
            transaction.fail(new Failure.Invalid(
                    Code.FAILED_TRANSACTION, "The transaction's session has ended", Optional.empty()));
            discard(transaction);
        });
    }

    private void discard(Transaction transaction) {
        transaction.writing().lock();
        try {
            transaction.fork().ifPresent(fork -> {
                transaction.leaveFork();
                Branching.forks(catalog).discard(fork);
            });
        } finally {
            transaction.writing().unlock();
        }
    }

    /** The client hears of it with its next statement; until it rolls back, nothing more is written. */
    private void expire() {
        try {
            var oldest = clock.instant().minus(timeout);
            open.forEach((session, transaction) -> {
                if (transaction.lastUsed().isBefore(oldest) && !isBusy.test(session)) {
                    LOG.info("A transaction of '{}' has rested for {} and is rolled back", session.user(), timeout);
                    transaction.fail(new Failure.Invalid(
                            Code.TRANSACTION_TIMED_OUT,
                            "The transaction rested for more than " + timeout.toMillis()
                                    + " ms and was rolled back: ROLLBACK, and begin again",
                            Optional.empty()));
                    open.remove(session);
                    discard(transaction);
                }
            });
        } catch (RuntimeException e) {
            LOG.error("Transactions that rest could not be rolled back", e);
        }
    }

    private static FailureException invalid(Code code, String message) {
        return new Failure.Invalid(code, message, Optional.empty()).exception();
    }

    @Override
    public void close() {
        rounds.shutdownNow();
        open.keySet().forEach(this::abandon);
    }
}
