package dev.sluice.udf.runtime;

import java.lang.classfile.Signature;
import java.lang.classfile.Signature.ArrayTypeSig;
import java.lang.classfile.Signature.BaseTypeSig;
import java.lang.classfile.Signature.ClassTypeSig;
import java.lang.classfile.Signature.TypeArg;
import java.lang.classfile.Signature.TypeVarSig;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A type as the author wrote it, with its type arguments.
 *
 * @param unscaled whether it carries {@link dev.sluice.udf.Unscaled}
 */
record JavaType(Signature signature, boolean unscaled) {
    static JavaType of(Signature signature) {
        return new JavaType(signature, false);
    }

    /** The type as class files name it. */
    ClassDesc erased() {
        return switch (signature) {
            case BaseTypeSig base -> ClassDesc.ofDescriptor(String.valueOf(base.baseType()));
            case ClassTypeSig type -> type.classDesc();
            case ArrayTypeSig array -> of(array.componentSignature()).erased().arrayType();
            case TypeVarSig _ -> ConstantDescs.CD_Object;
        };
    }

    /** The n-th type argument, where it is one type: no wildcard. */
    Optional<JavaType> argument(int index) {
        return signature instanceof ClassTypeSig type
                        && index < type.typeArgs().size()
                        && type.typeArgs().get(index) instanceof TypeArg.Bounded bounded
                        && bounded.wildcardIndicator() == TypeArg.Bounded.WildcardIndicator.NONE
                ? Optional.of(of(bounded.boundType()))
                : Optional.empty();
    }

    /** The n-th type argument or its bound. */
    Optional<JavaType> bound(int index) {
        return signature instanceof ClassTypeSig type
                        && index < type.typeArgs().size()
                        && type.typeArgs().get(index) instanceof TypeArg.Bounded bounded
                ? Optional.of(of(bounded.boundType()))
                : Optional.empty();
    }

    /** What an array holds. */
    Optional<JavaType> component() {
        return signature instanceof ArrayTypeSig array ? Optional.of(of(array.componentSignature())) : Optional.empty();
    }

    boolean is(Class<?> type) {
        return erased().descriptorString().equals(type.descriptorString());
    }

    /** For a message: {@code Map<String, long[]>}. */
    String shown() {
        return switch (signature) {
            case ClassTypeSig type
            when !type.typeArgs().isEmpty() ->
                simpleName()
                        + type.typeArgs().stream().map(JavaType::shown).collect(Collectors.joining(", ", "<", ">"));
            case ArrayTypeSig array -> of(array.componentSignature()).shown() + "[]";
            case TypeVarSig variable -> variable.identifier();
            case ClassTypeSig _, BaseTypeSig _ -> simpleName();
        };
    }

    private String simpleName() {
        var name = erased().displayName();
        return name.substring(name.lastIndexOf('$') + 1);
    }

    private static String shown(TypeArg argument) {
        return switch (argument) {
            case TypeArg.Unbounded _ -> "?";
            case TypeArg.Bounded bounded ->
                switch (bounded.wildcardIndicator()) {
                            case NONE -> "";
                            case EXTENDS -> "? extends ";
                            case SUPER -> "? super ";
                        }
                        + of(bounded.boundType()).shown();
        };
    }
}
