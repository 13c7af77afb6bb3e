package dev.sluice.udf.runtime;

import java.lang.constant.ClassDesc;
import java.util.List;

/**
 * A static method that is called for each row.
 *
 * @param parameters what its arguments are made of
 * @param result what its result becomes
 */
record ScalarMethod(UserMethod method, List<ValueShape> parameters, ValueShape result) implements Handler {
    ScalarMethod {
        parameters = List.copyOf(parameters);
    }

    @Override
    public ClassDesc owner() {
        return method.owner();
    }

    @Override
    public String describe() {
        return method.describe();
    }
}
