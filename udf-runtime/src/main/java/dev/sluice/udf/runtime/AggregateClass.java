package dev.sluice.udf.runtime;

import java.lang.constant.ClassDesc;

/**
 * A class whose objects each stand for a group of rows. It has a constructor without parameters, and {@code void
 * merge(}itself{@code )}.
 *
 * @param add takes a row
 * @param result of all rows that were added
 */
record AggregateClass(ClassDesc owner, UserMethod add, UserMethod result) implements Handler {
    static final String ADD = "add";
    static final String MERGE = "merge";
    static final String RESULT = "result";

    @Override
    public String describe() {
        return owner.displayName();
    }
}
