package dev.sluice.udf.runtime;

import dev.sluice.core.Code;
import dev.sluice.core.Failure;
import java.lang.constant.ClassDesc;
import java.util.List;
import java.util.Optional;
import org.apache.arrow.vector.types.pojo.Field;

/** What SQL says of a function: the contract that its Java method has to keep. */
record Declaration(UdfSource source, List<SqlType> parameters, List<SqlType> results) {
    Declaration {
        parameters = List.copyOf(parameters);
        results = List.copyOf(results);
    }

    static Declaration of(UdfSource source) {
        return new Declaration(
                source,
                source.parameters().stream().map(Declaration::type).toList(),
                source.results().stream().map(Declaration::type).toList());
    }

    private static SqlType type(Field field) {
        return SqlType.of(field.getType())
                .orElseThrow(() -> invalid(
                                "A Java function cannot take or give the type " + field.getType()
                                        + "; it can: BOOLEAN, INTEGER, BIGINT, REAL, DOUBLE, DECIMAL, VARCHAR, DATE,"
                                        + " TIMESTAMP, TIMESTAMPTZ",
                                Optional.empty())
                        .exception());
    }

    /** What keeps {@code method} from being called as declared, for a result as declared. */
    Optional<String> misfit(UserMethod method) {
        return misfitOfParameters(method).or(() -> misfitOfResult(method));
    }

    /** What keeps {@code method} from being called with the declared arguments. */
    Optional<String> misfitOfParameters(UserMethod method) {
        var found = method.parameters();
        if (found.size() != parameters.size()) {
            return Optional.of("Function '" + source.name() + "' declares " + count(parameters.size()) + ", but method "
                    + method.describe() + " takes " + found.size());
        }
        for (var i = 0; i < found.size(); i++) {
            var type = found.get(i);
            if (!parameters.get(i).fits(type)) {
                return Optional.of(
                        "Parameter '" + source.parameters().get(i).getName() + "' of function '" + source.name()
                                + "' is " + parameters.get(i) + ", which is "
                                + parameters.get(i).javaNames()
                                + " in Java, but method " + method.describe() + " takes " + type.displayName());
            }
            if (source.calledOnNull() && type.isPrimitive()) {
                return Optional.of("Function '" + source.name() + "' is called on null input, but parameter '"
                        + source.parameters().get(i).getName() + "' of method " + method.describe() + " is "
                        + type.displayName() + ", which cannot be null: use "
                        + parameters.get(i).javaNames());
            }
        }
        return Optional.empty();
    }

    /** What keeps the result of {@code method} from being the declared one. */
    Optional<String> misfitOfResult(UserMethod method) {
        var result = results.getFirst();
        return result.accepts(method.result())
                ? Optional.empty()
                : Optional.of("Function '" + source.name() + "' returns " + result + ", which is " + result.javaNames()
                        + " in Java, but method " + method.describe() + " returns "
                        + method.result().displayName());
    }

    /** What keeps a value of {@code type} from being that of the table's column. */
    Optional<String> misfitOfColumn(int index, ClassDesc type) {
        var column = results.get(index);
        return column.accepts(type)
                ? Optional.empty()
                : Optional.of("Column '" + source.results().get(index).getName() + "' of table function '"
                        + source.name() + "' is " + column + ", which is " + column.javaNames()
                        + " in Java, but a row has " + type.displayName());
    }

    private static String count(int parameters) {
        return parameters == 1 ? "1 parameter" : parameters + " parameters";
    }

    static Failure invalid(String message, Optional<Failure.Position> position) {
        return new Failure.Invalid(Code.INVALID_FUNCTION, message, position);
    }
}
