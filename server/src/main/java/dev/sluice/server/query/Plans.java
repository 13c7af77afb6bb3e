package dev.sluice.server.query;

import dev.sluice.catalog.Catalog;
import dev.sluice.catalog.Commit;
import dev.sluice.catalog.RefInfo;
import dev.sluice.core.Code;
import dev.sluice.core.Failure;
import dev.sluice.core.Ref;
import dev.sluice.planner.PlanContext;
import dev.sluice.planner.Planner;
import dev.sluice.server.session.Session;
import dev.sluice.server.session.Transaction;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Function;

/** Plans statements against the commit that their session's ref names now. Thread-safe. */
final class Plans {
    private final Catalog catalog;
    private final MadeTables made;
    private final Planner planner;
    private final InstantSource clock;

    Plans(Catalog catalog, MadeTables made, Planner planner, InstantSource clock) {
        this.catalog = catalog;
        this.made = made;
        this.planner = planner;
        this.clock = clock;
    }

    Plan plan(Session session, String sql) {
        return plan(session, commit(session), sql);
    }

    /** @param commit what the statement reads where it names no ref */
    Plan plan(Session session, Commit commit, String sql) {
        var tables = new CatalogTables(catalog, made, commit, refs(session));
        var functions = new CatalogFunctions(catalog, commit);
        var context = new PlanContext(session.state().schema(), clock.instant(), tables, functions, tables::viewText);
        return new Plan(sql, planner.plan(sql, context), commit, tables, functions);
    }

    /** What another ref than the session's own names: for a transaction, one commit from begin to end. */
    private Function<Ref, Commit> refs(Session session) {
        return session.transaction()
                .<Function<Ref, Commit>>map(transaction -> ref -> transaction.pinned(ref, catalog::resolve))
                .orElse(catalog::resolve);
    }

    /** What the session reads now. */
    Commit commit(Session session) {
        return session.transaction().map(this::commit).orElseGet(() -> catalog.resolve(ref(session)));
    }

    private Commit commit(Transaction transaction) {
        transaction.use(clock.instant());
        return transaction.fork().map(catalog::resolve).orElse(transaction.begin());
    }

    private Ref ref(Session session) {
        var state = session.state();
        return state.ref().orElseGet(() -> {
            var ref = named(state.refName());
            session.use(ref);
            return ref;
        });
    }

    /** The branch, tag or commit of this name. */
    private Ref named(String name) {
        return catalog.refs().stream()
                .map(RefInfo::ref)
                .filter(ref -> ref.name().equals(name))
                .findFirst()
                .or(() -> Optional.of(name).filter(Plans::isHash).map(Ref.Hash::new))
                .orElseThrow(() -> new Failure.NotFound(
                                Code.REF_NOT_FOUND, "Branch or tag '" + name + "' does not exist", Optional.empty())
                        .exception());
    }

    private static boolean isHash(String name) {
        return name.length() >= 16 && name.chars().allMatch(c -> Character.digit(c, 16) >= 0);
    }
}
