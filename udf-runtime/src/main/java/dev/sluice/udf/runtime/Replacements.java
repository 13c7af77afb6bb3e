package dev.sluice.udf.runtime;

import java.lang.constant.ClassDesc;
import java.lang.constant.MethodTypeDesc;
import java.lang.invoke.MethodType;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Which calls of libraries {@link LibraryCalls} answers, read from its annotations. */
final class Replacements {
    private static final Map<String, MethodTypeDesc> BY_CALL = new HashMap<>();
    private static final Set<String> NAMES;

    static {
        for (var method : LibraryCalls.class.getMethods()) {
            var replaces = method.getAnnotation(Replaces.class);
            if (replaces != null) {
                BY_CALL.put(call(replaces.value(), method), type(method));
            }
        }
        NAMES = BY_CALL.keySet().stream()
                .map(call -> call.substring(0, call.indexOf('(')))
                .collect(Collectors.toUnmodifiableSet());
    }

    private Replacements() {}

    /** The replacement of a call, whose last parameter is the calling class. */
    static Optional<MethodTypeDesc> find(String owner, String name, String descriptor) {
        return Optional.ofNullable(BY_CALL.get(owner + "." + name + descriptor));
    }

    /** Whether some overload of the method is replaced. */
    static Optional<String> find(String owner, String name) {
        return Optional.of(owner + "." + name).filter(NAMES::contains);
    }

    private static MethodTypeDesc type(Method method) {
        return MethodType.methodType(method.getReturnType(), method.getParameterTypes())
                .describeConstable()
                .orElseThrow();
    }

    /** What the replaced method is in a constant pool. */
    private static String call(Class<?> owner, Method replacement) {
        var parameters = Arrays.asList(replacement.getParameterTypes());
        var plain = parameters.subList(0, parameters.size() - 1);
        var replaced = find(owner, replacement, plain)
                .or(() -> find(owner, replacement, plain.subList(1, plain.size())))
                .orElseThrow(() -> new AssertionError("Nothing is replaced by " + replacement));
        return owner.getName().replace('.', '/') + "." + replaced.getName()
                + MethodType.methodType(replaced.getReturnType(), replaced.getParameterTypes())
                        .toMethodDescriptorString();
    }

    private static Optional<Method> find(Class<?> owner, Method replacement, java.util.List<Class<?>> parameters) {
        var isStatic = parameters.size() == replacement.getParameterCount() - 1;
        return Arrays.stream(owner.getMethods())
                .filter(method -> method.getName().equals(replacement.getName()))
                .filter(method -> Arrays.asList(method.getParameterTypes()).equals(parameters))
                .filter(method -> Modifier.isStatic(method.getModifiers()) == isStatic)
                .findFirst();
    }

    static ClassDesc owner() {
        return LibraryCalls.class.describeConstable().orElseThrow();
    }
}
