package dev.sluice.planner;

import java.util.Optional;

/** Tells what a view stands for at the commit that the statement reads. */
@FunctionalInterface
public interface ViewLookup {
    /** Empty where there is no such view; fails where there is no such ref. */
    Optional<ViewText> find(TableRef view);
}
