package dev.sluice.udf.runtime;

import java.lang.constant.ClassDesc;
import java.util.List;
import java.util.Optional;

/**
 * A method whose result is rows.
 *
 * @param parameters what its arguments are made of
 * @param row the class of a row
 * @param columns the declared ones, in order
 */
record TableMethod(UserMethod method, List<ValueShape> parameters, ClassDesc row, List<Column> columns)
        implements Handler {
    TableMethod {
        parameters = List.copyOf(parameters);
        columns = List.copyOf(columns);
    }

    /**
     * Where a column's value is found.
     *
     * @param component of the row, which is a record; absent where the row itself is the value
     * @param shape what the value becomes
     */
    record Column(Optional<String> component, ValueShape shape) {
        ClassDesc type() {
            return shape.java();
        }
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
