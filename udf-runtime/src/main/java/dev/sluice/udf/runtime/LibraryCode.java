package dev.sluice.udf.runtime;

import java.io.ByteArrayInputStream;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassFile.StackMapsOption;
import java.lang.classfile.ClassFileVersion;
import java.lang.classfile.ClassHierarchyResolver;
import java.lang.classfile.ClassHierarchyResolver.ClassHierarchyInfo;
import java.lang.classfile.ClassModel;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeModel;
import java.lang.classfile.CodeTransform;
import java.lang.classfile.MethodModel;
import java.lang.classfile.MethodTransform;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.reflect.AccessFlag;
import java.util.function.Function;

/**
 * Makes a library's class fit to run beside the server: it gets the checks that functions have
 * ({@link CheckInjection}), and its calls are held against {@link LibraryApi}, each where it stands
 * ({@link LibraryCalls}), so that a library works as long as it does not reach what is forbidden.
 *
 * <p>Instructions are put in and calls are exchanged for others of the same shape, so that the stack map frames stay
 * right as they are.
 */
final class LibraryCode {
    private static final ClassFileVersion OLDEST = ClassFileVersion.of(ClassFile.JAVA_8_VERSION, 0);

    private final LibraryClasses classes;
    private final ClassFile framing;

    LibraryCode(LibraryClasses classes) {
        this.classes = classes;
        this.framing = ClassFile.of(
                StackMapsOption.GENERATE_STACK_MAPS, ClassFile.ClassHierarchyResolverOption.of(hierarchy(classes)));
    }

    byte[] rewrite(String name, byte[] bytes) {
        var keeping = ClassFile.of(StackMapsOption.DROP_STACK_MAPS);
        var type = keeping.parse(bytes);
        var old = type.majorVersion() < ClassFile.JAVA_7_VERSION; // no invokedynamic, and maybe no frames
        try {
            return old
                    ? framing.transformClass(type, transform(type, true))
                    : keeping.transformClass(type, transform(type, false));
        } catch (IllegalArgumentException e) {
            throw new ClassFormatError("A package's class " + name + " cannot be checked: " + e.getMessage());
        }
    }

    private ClassTransform transform(ClassModel type, boolean old) {
        var self = type.thisClass().asSymbol();
        var bridges = Bridges.of(self, type.flags().has(AccessFlag.INTERFACE));
        ClassTransform rewriting = (builder, element) -> {
            switch (element) {
                case MethodModel method when isFinalizer(method) -> {
                    // it would run on a thread that no statement owns
                }
                case MethodModel method
                when method.code().isPresent() ->
                    builder.transformMethod(
                            method,
                            bodies(code -> old
                                    ? CallRewriting.framing(self, classes, bridges)
                                    : CallRewriting.keepingFrames(self, classes, bridges, code)));
                case ClassFileVersion _ when old -> builder.with(OLDEST);
                default -> builder.with(element);
            }
        };
        return rewriting.andThen(ClassTransform.endHandler(bridges::write));
    }

    private static MethodTransform bodies(Function<CodeModel, CodeTransform> calls) {
        return (builder, part) -> {
            if (part instanceof CodeModel code) {
                builder.transformCode(code, calls.apply(code).andThen(CheckInjection.checks()));
            } else {
                builder.with(part);
            }
        };
    }

    private static boolean isFinalizer(MethodModel method) {
        return method.methodName().equalsString("finalize")
                && method.methodType().equalsString("()V");
    }

    /** What is not there, since it is optional to a library, counts as a class without a parent. */
    private static ClassHierarchyResolver hierarchy(LibraryClasses classes) {
        return ClassHierarchyResolver.ofResourceParsing(type -> classes.read(internalName(type))
                        .map(ByteArrayInputStream::new)
                        .orElse(null))
                .orElse(ClassHierarchyResolver.defaultResolver())
                .orElse(_ -> ClassHierarchyInfo.ofClass(ConstantDescs.CD_Object))
                .cached();
    }

    private static String internalName(ClassDesc type) {
        var descriptor = type.descriptorString();
        return descriptor.substring(1, descriptor.length() - 1);
    }
}
