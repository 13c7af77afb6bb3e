package dev.sluice.udf.runtime;

import java.lang.constant.ClassDesc;
import java.util.List;

/**
 * A class whose objects each stand for a group of rows. It has a constructor without parameters, and {@code void
 * merge(}itself{@code )}.
 *
 * @param add takes a row
 * @param parameters what the arguments of {@code add} are made of
 * @param result of all rows that were added
 * @param resultShape what the result becomes
 */
record AggregateClass(
        ClassDesc owner, UserMethod add, List<ValueShape> parameters, UserMethod result, ValueShape resultShape)
        implements Handler {
    static final String ADD = "add";
    static final String MERGE = "merge";
    static final String RESULT = "result";

    AggregateClass {
        parameters = List.copyOf(parameters);
    }

    @Override
    public String describe() {
        return owner.displayName();
    }
}
