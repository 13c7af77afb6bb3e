package dev.sluice.planner;

import java.util.Optional;
import org.apache.arrow.vector.types.pojo.Schema;

/** Tells the columns of a table at the commit that the statement reads. */
@FunctionalInterface
public interface TableLookup {
    /** Empty where there is no such table; fails where there is no such ref. */
    Optional<Schema> find(TableRef table);
}
