package dev.sluice.planner;

import java.time.Duration;
import java.util.List;
import org.apache.calcite.plan.RelOptListener;
import org.apache.calcite.plan.RelOptRule;
import org.apache.calcite.plan.hep.HepPlanner;
import org.apache.calcite.plan.hep.HepProgram;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.rules.CoreRules;
import org.jspecify.annotations.Nullable;

/**
 * Moves filters towards the scans, as far as each operator lets them through. {@code JOIN_PUSH_TRANSITIVE_PREDICATES}
 * is left out on purpose: together with the others it does not always end. Confined to one thread, for one query.
 */
final class PushDown {
    private static final int MAX_MATCHES = 2_000;
    private static final Duration MAX_TIME = Duration.ofMillis(500);

    private static final List<RelOptRule> RULES = List.of(
            CoreRules.FILTER_MERGE,
            CoreRules.FILTER_INTO_JOIN,
            CoreRules.JOIN_CONDITION_PUSH,
            CoreRules.FILTER_PROJECT_TRANSPOSE,
            CoreRules.FILTER_AGGREGATE_TRANSPOSE,
            CoreRules.FILTER_SET_OP_TRANSPOSE,
            CoreRules.FILTER_CORRELATE);

    private static final HepProgram PROGRAM = HepProgram.builder()
            .addMatchLimit(MAX_MATCHES)
            .addRuleCollection(RULES)
            .build();

    private final long deadline = System.nanoTime() + MAX_TIME.toNanos();

    RelNode apply(RelNode rel) {
        var planner = new HepPlanner(PROGRAM);
        planner.addListener(new Deadline());
        planner.setRoot(rel);
        return planner.findBestExp();
    }

    private final class Deadline implements RelOptListener {
        @Override
        public void ruleAttempted(RuleAttemptedEvent event) {
            if (System.nanoTime() - deadline > 0) {
                throw new IllegalStateException("Filters were not pushed down within " + MAX_TIME);
            }
        }

        @Override
        public void relEquivalenceFound(RelEquivalenceEvent event) {}

        @Override
        public void ruleProductionSucceeded(RuleProductionEvent event) {}

        @Override
        public void relDiscarded(RelDiscardedEvent event) {}

        @Override
        public void relChosen(@Nullable RelChosenEvent event) {}
    }
}
