package dev.sluice.planner;

import dev.sluice.core.FunctionKind;
import dev.sluice.core.QualifiedName;
import java.util.Optional;

/** Tells whether a user's function exists at the commit that the statement reads. */
@FunctionalInterface
public interface FunctionLookup {
    /** What the function is; empty where there is no such function. */
    Optional<FunctionKind> find(QualifiedName function);
}
