package dev.sluice.udf.runtime;

import dev.sluice.core.FunctionKind;
import dev.sluice.core.FunctionLimits;
import dev.sluice.core.LockedJar;
import java.util.List;
import java.util.Optional;
import org.apache.arrow.vector.types.pojo.Field;

/**
 * A function as its author wrote it.
 *
 * @param name for messages
 * @param kind what it makes of rows
 * @param parameters their names and types, in order
 * @param result its type; the name means nothing. Of a table function, a struct of its columns
 * @param handler {@code Class.method} or {@code method}; absent where there is one candidate
 * @param deterministic whether equal arguments give equal results, so that a call may be folded
 * @param calledOnNull whether the method is called for a null argument; otherwise the result is null
 * @param libraries the jars that it is compiled and run with, in the order of a class path
 * @param body Java source of one compilation unit
 * @param limits are no part of what it computes
 */
public record UdfSource(
        String name,
        FunctionKind kind,
        List<Field> parameters,
        Field result,
        Optional<String> handler,
        boolean deterministic,
        boolean calledOnNull,
        List<LockedJar> libraries,
        String body,
        FunctionLimits limits) {
    public UdfSource {
        parameters = List.copyOf(parameters);
        libraries = List.copyOf(libraries);
    }

    /** The columns of a table function, else the one result. */
    public List<Field> results() {
        return switch (kind) {
            case SCALAR, AGGREGATE -> List.of(result);
            case TABLE -> result.getChildren();
        };
    }

    /** A function that is limited by what the server limits alone. */
    public UdfSource(
            String name,
            FunctionKind kind,
            List<Field> parameters,
            Field result,
            Optional<String> handler,
            boolean deterministic,
            boolean calledOnNull,
            List<LockedJar> libraries,
            String body) {
        this(
                name,
                kind,
                parameters,
                result,
                handler,
                deterministic,
                calledOnNull,
                libraries,
                body,
                FunctionLimits.NONE);
    }

    public UdfSource within(FunctionLimits newLimits) {
        return new UdfSource(
                name, kind, parameters, result, handler, deterministic, calledOnNull, libraries, body, newLimits);
    }
}
