package dev.sluice.udf.runtime;

import dev.sluice.core.Failure;
import dev.sluice.core.Failure.Position;
import java.lang.classfile.BootstrapMethodEntry;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.CodeElement;
import java.lang.classfile.CodeModel;
import java.lang.classfile.Instruction;
import java.lang.classfile.MethodModel;
import java.lang.classfile.constantpool.ClassEntry;
import java.lang.classfile.constantpool.DynamicConstantPoolEntry;
import java.lang.classfile.constantpool.MemberRefEntry;
import java.lang.classfile.constantpool.MethodHandleEntry;
import java.lang.classfile.constantpool.PoolEntry;
import java.lang.classfile.instruction.ConstantInstruction;
import java.lang.classfile.instruction.FieldInstruction;
import java.lang.classfile.instruction.InvokeDynamicInstruction;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.classfile.instruction.LineNumber;
import java.lang.classfile.instruction.MonitorInstruction;
import java.lang.classfile.instruction.NewObjectInstruction;
import java.lang.classfile.instruction.NewReferenceArrayInstruction;
import java.lang.classfile.instruction.TypeCheckInstruction;
import java.lang.reflect.AccessFlag;
import java.util.Optional;

/**
 * Holds compiled code against {@link AllowedApi}. The constant pool names all that a class can reach, by calls, method
 * references, lambdas and class literals alike; instructions are read for the line in a message.
 */
final class CodePolicy {
    private final CompiledSource compiled;
    private final Optional<LibraryClasses> libraries;

    private CodePolicy(CompiledSource compiled, Optional<LibraryClasses> libraries) {
        this.compiled = compiled;
        this.libraries = libraries;
    }

    /**
     * @param libraries what the code may also name
     * @throws dev.sluice.core.FailureException naming what is not allowed
     */
    static void check(CompiledSource compiled, Optional<LibraryClasses> libraries) {
        var policy = new CodePolicy(compiled, libraries);
        for (var bytes : compiled.classes().values()) {
            policy.check(ClassFile.of().parse(bytes));
        }
    }

    private void check(ClassModel type) {
        if (type.thisClass().asInternalName().startsWith("dev/sluice/")) { // it would stand in for one of ours
            throw forbidden("A class in the package dev.sluice", Optional.empty());
        }
        for (var method : type.methods()) {
            checkMethod(method);
        }
        for (var entry : type.constantPool()) {
            refused(entry).ifPresent(name -> {
                throw forbidden(name, Optional.empty());
            });
        }
    }

    private void checkMethod(MethodModel method) {
        var name = method.methodName().stringValue();
        var position = method.code().flatMap(this::start);
        if (method.flags().has(AccessFlag.NATIVE)) {
            throw forbidden("The native method " + name, position);
        }
        if (method.flags().has(AccessFlag.SYNCHRONIZED)) {
            throw forbidden("synchronized", position);
        }
        if (name.equals("finalize") && method.methodTypeSymbol().parameterCount() == 0) {
            throw forbidden("A finalizer", position);
        }
        method.code().ifPresent(this::checkCode);
    }

    private void checkCode(CodeModel code) {
        var line = 1;
        for (var element : code) {
            if (element instanceof LineNumber number) {
                line = number.line();
            } else if (element instanceof Instruction) {
                var position = compiled.startOf(line);
                refused(element).ifPresent(name -> {
                    throw forbidden(name, position);
                });
            }
        }
    }

    private Optional<String> refused(CodeElement instruction) {
        return switch (instruction) {
            case FieldInstruction field -> refused(field.field());
            case InvokeInstruction invoke -> refused(invoke.method());
            case InvokeDynamicInstruction invoke -> refused(invoke.invokedynamic());
            case ConstantInstruction.LoadConstantInstruction load -> refused(load.constantEntry());
            case NewObjectInstruction object -> refused(object.className());
            case NewReferenceArrayInstruction array -> refused(array.componentType());
            case TypeCheckInstruction check -> refused(check.type());
            case MonitorInstruction _ -> Optional.of("synchronized");
            default -> Optional.empty();
        };
    }

    /** What an entry names that is not allowed, as a reader of Java would write it. */
    private Optional<String> refused(PoolEntry entry) {
        return switch (entry) {
            case ClassEntry type -> refusedClass(type.asInternalName());
            case MemberRefEntry member ->
                refusedMember(
                        member.owner().asInternalName(),
                        member.name().stringValue(),
                        member.type().stringValue());
            case MethodHandleEntry handle -> refused(handle.reference());
            case DynamicConstantPoolEntry dynamic -> refusedBootstrap(dynamic.bootstrap());
            default -> Optional.empty();
        };
    }

    private Optional<String> refusedBootstrap(BootstrapMethodEntry bootstrap) {
        var method = bootstrap.bootstrapMethod().reference();
        var owner = method.owner().asInternalName();
        var name = method.name().stringValue();
        if (!AllowedApi.allowsBootstrap(owner, name)) {
            return Optional.of(dotted(owner) + "." + name);
        }
        return bootstrap.arguments().stream()
                .map(this::refused)
                .flatMap(Optional::stream)
                .findFirst();
    }

    private Optional<String> refusedMember(String owner, String name, String descriptor) {
        var inherited = libraries.filter(l -> l.has(owner)).flatMap(l -> l.platformOwner(owner, name + descriptor));
        if (inherited.isPresent()) { // a library's class may extend what the user's own may not
            return LibraryApi.refused(inherited.get(), name, descriptor);
        }
        var refusedOwner = refusedClass(owner);
        if (refusedOwner.isPresent()) {
            return refusedOwner.map(type -> name.startsWith("<") ? type : type + "." + name);
        }
        return isKnown(owner) || AllowedApi.allowsMember(owner, name)
                ? Optional.empty()
                : Optional.of(dotted(owner) + "." + name);
    }

    private Optional<String> refusedClass(String name) {
        var element = name.replaceFirst("^\\[+", "");
        if (!element.equals(name) && !element.startsWith("L")) {
            return Optional.empty(); // an array of a primitive type
        }
        var type = element.equals(name) ? name : element.substring(1, element.length() - 1);
        return isKnown(type) || AllowedApi.allowsClass(type) ? Optional.empty() : Optional.of(dotted(type));
    }

    private boolean isKnown(String internalName) {
        return compiled.classes().containsKey(dotted(internalName))
                || libraries
                        .filter(l -> !LibraryApi.isPlatform(internalName) && l.has(internalName))
                        .isPresent();
    }

    private static String dotted(String internalName) {
        return internalName.replace('/', '.');
    }

    private Optional<Position> start(CodeModel code) {
        return code.elementStream()
                .filter(LineNumber.class::isInstance)
                .findFirst()
                .flatMap(element -> compiled.startOf(((LineNumber) element).line()));
    }

    private static RuntimeException forbidden(String what, Optional<Position> position) {
        return new Failure.Forbidden(what + " is not allowed in a function", position).exception();
    }
}
