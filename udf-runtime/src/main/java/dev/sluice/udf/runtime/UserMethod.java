package dev.sluice.udf.runtime;

import static java.lang.constant.ConstantDescs.CD_long;

import dev.sluice.core.Failure.Position;
import dev.sluice.udf.Table;
import java.lang.classfile.Signature;
import java.lang.constant.ClassDesc;
import java.lang.constant.MethodTypeDesc;
import java.util.List;
import java.util.Optional;

/**
 * A public method that a function might call, read from its class file.
 *
 * @param type erased
 * @param marked whether it carries {@link dev.sluice.udf.Udf}
 * @param position of its name in the body
 */
record UserMethod(
        ClassDesc owner,
        String name,
        MethodTypeDesc type,
        List<JavaType> parameters,
        JavaType result,
        boolean marked,
        Optional<Position> position) {
    UserMethod {
        parameters = List.copyOf(parameters);
    }

    /** The same method for a caller that hands over {@code long} where it takes a table. */
    UserMethod takingNumbers() {
        var numbered = type;
        for (var i = 0; i < type.parameterCount(); i++) {
            numbered = isTable(type.parameterType(i)) ? numbered.changeParameterType(i, CD_long) : numbered;
        }
        var types = parameters.stream()
                .map(parameter -> parameter.is(Table.class) ? JavaType.of(Signature.of(CD_long)) : parameter)
                .toList();
        return new UserMethod(owner, name, numbered, types, result, marked, position);
    }

    static boolean isTable(ClassDesc type) {
        return type.descriptorString().equals(Table.class.descriptorString());
    }

    String ownerName() {
        var name = owner.descriptorString();
        return name.substring(1, name.length() - 1).replace('/', '.');
    }

    /** Whether {@code handler}, {@code Class.method} or {@code method}, names it. */
    boolean isNamed(String handler) {
        return handler.equals(name)
                || handler.equals(owner.displayName() + "." + name)
                || handler.equals(ownerName() + "." + name);
    }

    /** For a message: {@code Norm.norm(String)}. */
    String describe() {
        return owner.displayName() + "." + name + "("
                + String.join(", ", parameters.stream().map(JavaType::shown).toList()) + ")";
    }
}
