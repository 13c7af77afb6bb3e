package dev.sluice.udf.runtime;

import dev.sluice.core.Code;
import dev.sluice.core.Failure;
import java.util.List;
import java.util.Optional;
import org.apache.arrow.vector.types.pojo.Field;

/** What SQL says of a function: the contract that its Java method has to keep. */
record Declaration(UdfSource source, List<SqlType> parameters, SqlType result) {
    Declaration {
        parameters = List.copyOf(parameters);
    }

    static Declaration of(UdfSource source) {
        return new Declaration(
                source, source.parameters().stream().map(Declaration::type).toList(), type(source.result()));
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
        return result.accepts(method.result())
                ? Optional.empty()
                : Optional.of("Function '" + source.name() + "' returns " + result + ", which is " + result.javaNames()
                        + " in Java, but method " + method.describe() + " returns "
                        + method.result().displayName());
    }

    private static String count(int parameters) {
        return parameters == 1 ? "1 parameter" : parameters + " parameters";
    }

    static Failure invalid(String message, Optional<Failure.Position> position) {
        return new Failure.Invalid(Code.INVALID_FUNCTION, message, position);
    }
}
