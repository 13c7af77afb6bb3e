package dev.sluice.udf.runtime;

import dev.sluice.core.Failure.Position;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;

/**
 * What the compiler made of a body.
 *
 * @param classes class files by binary name
 * @param methods where the methods are declared, by simple class name, name and number of parameters
 */
record CompiledSource(String body, SequencedMap<String, byte[]> classes, Map<MethodKey, Position> methods) {
    CompiledSource {
        classes = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(classes));
        methods = Map.copyOf(methods);
    }

    record MethodKey(String owner, String name, int parameters) {}

    /** The first character of a line that is no blank; absent for a line that is not in the body. */
    Optional<Position> startOf(int line) {
        return body.lines()
                .skip(Math.max(0, line - 1))
                .findFirst()
                .map(text -> new Position(
                        Math.max(1, line), text.length() - text.stripLeading().length() + 1));
    }
}
