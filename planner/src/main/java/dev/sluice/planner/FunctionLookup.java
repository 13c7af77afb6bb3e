package dev.sluice.planner;

import dev.sluice.core.QualifiedName;
import java.util.Optional;
import org.apache.arrow.vector.types.pojo.Field;

/** Tells whether a user's function exists at the commit that the statement reads. */
@FunctionalInterface
public interface FunctionLookup {
    /** The function's result; empty where there is no such function. */
    Optional<Field> find(QualifiedName function);
}
