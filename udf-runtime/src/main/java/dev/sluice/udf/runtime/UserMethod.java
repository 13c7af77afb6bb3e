package dev.sluice.udf.runtime;

import static java.lang.constant.ConstantDescs.CD_long;

import dev.sluice.core.Failure.Position;
import dev.sluice.udf.Table;
import java.lang.classfile.MethodSignature;
import java.lang.constant.ClassDesc;
import java.lang.constant.MethodTypeDesc;
import java.util.List;
import java.util.Optional;

/**
 * A public method that a function might call, read from its class file.
 *
 * @param generic its type with type arguments, where it has some
 * @param marked whether it carries {@link dev.sluice.udf.Udf}
 * @param position of its name in the body
 */
record UserMethod(
        ClassDesc owner,
        String name,
        MethodTypeDesc type,
        Optional<MethodSignature> generic,
        boolean marked,
        Optional<Position> position)
        implements Handler {
    List<ClassDesc> parameters() {
        return type.parameterList();
    }

    ClassDesc result() {
        return type.returnType();
    }

    /** The same method for a caller that hands over {@code long} where it takes a table. */
    UserMethod takingNumbers() {
        var numbered = type;
        for (var i = 0; i < type.parameterCount(); i++) {
            numbered = isTable(type.parameterType(i)) ? numbered.changeParameterType(i, CD_long) : numbered;
        }
        return new UserMethod(owner, name, numbered, generic, marked, position);
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
    @Override
    public String describe() {
        return owner.displayName() + "." + name + "("
                + String.join(
                        ", ", parameters().stream().map(ClassDesc::displayName).toList()) + ")";
    }
}
