package dev.sluice.udf.runtime;

import dev.sluice.core.Failure.Position;
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
