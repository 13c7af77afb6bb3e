package dev.sluice.udf.runtime;

import java.lang.classfile.Attributes;
import java.lang.classfile.BootstrapMethodEntry;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.CodeElement;
import java.lang.classfile.CodeModel;
import java.lang.classfile.CodeTransform;
import java.lang.classfile.Opcode;
import java.lang.classfile.attribute.StackMapTableAttribute;
import java.lang.classfile.constantpool.ConstantDynamicEntry;
import java.lang.classfile.constantpool.LoadableConstantEntry;
import java.lang.classfile.constantpool.MemberRefEntry;
import java.lang.classfile.constantpool.MethodHandleEntry;
import java.lang.classfile.constantpool.PoolEntry;
import java.lang.classfile.instruction.ConstantInstruction;
import java.lang.classfile.instruction.FieldInstruction;
import java.lang.classfile.instruction.InvokeDynamicInstruction;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.DirectMethodHandleDesc.Kind;
import java.lang.constant.DynamicCallSiteDesc;
import java.lang.constant.MethodTypeDesc;
import java.util.Map;
import java.util.Optional;

/**
 * Holds each call and field of one method against {@link LibraryApi}. One that is refused gets a throwing call in front
 * of it; one that {@link LibraryCalls} answers is exchanged. Nothing is put in front of a {@code new}, to which frames
 * refer by its place.
 */
final class CallRewriting implements CodeTransform {
    private static final ClassDesc CALLS = Replacements.owner();
    private static final MethodTypeDesc REFUSE = MethodTypeDesc.of(ConstantDescs.CD_void, ConstantDescs.CD_String);
    private static final ClassDesc PRINT_STREAM = ClassDesc.of("java.io.PrintStream");

    /** Work for other threads, done on the calling one. */
    private static final Map<String, String> SEQUENTIAL = Map.of(
            "parallelStream", "stream",
            "parallel", "sequential",
            "parallelSort", "sort",
            "parallelSetAll", "setAll");

    private final ClassDesc self;
    private final LibraryClasses classes;
    private final Bridges bridges;
    private final Optional<StackMapTableAttribute> frames;

    /** @param frames to write with the method; empty where they are computed anew */
    private CallRewriting(
            ClassDesc self, LibraryClasses classes, Bridges bridges, Optional<StackMapTableAttribute> frames) {
        this.self = self;
        this.classes = classes;
        this.bridges = bridges;
        this.frames = frames;
    }

    static CodeTransform framing(ClassDesc self, LibraryClasses classes, Bridges bridges) {
        return new CallRewriting(self, classes, bridges, Optional.empty());
    }

    static CodeTransform keepingFrames(ClassDesc self, LibraryClasses classes, Bridges bridges, CodeModel code) {
        return new CallRewriting(self, classes, bridges, code.findAttribute(Attributes.stackMapTable()));
    }

    @Override
    public void accept(CodeBuilder code, CodeElement element) {
        switch (element) {
            case InvokeInstruction call -> invoke(code, call);
            case FieldInstruction field -> field(code, field);
            case InvokeDynamicInstruction call -> link(code, call);
            case ConstantInstruction.LoadConstantInstruction load ->
                refuse(code, refusedConstant(load.constantEntry())).with(load);
            default -> code.with(element);
        }
    }

    @Override
    public void atEnd(CodeBuilder code) {
        frames.ifPresent(code::with);
    }

    private void invoke(CodeBuilder code, InvokeInstruction call) {
        var owner = platformOwner(call.method());
        var name = call.name().stringValue();
        var replacement =
                owner.flatMap(type -> Replacements.find(type, name, call.type().stringValue()));
        var sequential = owner.map(_ -> SEQUENTIAL.get(name));
        if (replacement.isPresent() && call.opcode() != Opcode.INVOKESPECIAL) {
            code.loadConstant(self).invokestatic(CALLS, name, replacement.get());
        } else if (sequential.isPresent()) {
            code.invoke(
                    call.opcode(), call.owner().asSymbol(), sequential.get(), call.typeSymbol(), call.isInterface());
        } else {
            refuse(code, owner.flatMap(type -> refused(type, call.method()))).with(call);
        }
    }

    private void link(CodeBuilder code, InvokeDynamicInstruction call) {
        var bootstrap = call.invokedynamic().bootstrap();
        refuse(
                code,
                refusedLinker(bootstrap)
                        .or(() -> bootstrap.arguments().stream()
                                .filter(argument -> !(argument instanceof MethodHandleEntry))
                                .flatMap(argument -> refusedConstant(argument).stream())
                                .findFirst()));
        var arguments = bootstrap.arguments().stream().map(this::bridged).toArray(ConstantDesc[]::new);
        code.invokedynamic(DynamicCallSiteDesc.of(
                call.bootstrapMethod(), call.name().stringValue(), call.typeSymbol(), arguments));
    }

    /** A reference to a method is refused, or answered, when that is called. */
    private ConstantDesc bridged(LoadableConstantEntry argument) {
        if (argument instanceof MethodHandleEntry entry) {
            var handle = entry.asSymbol();
            var owner = handle.owner().descriptorString();
            var replacement = handle.kind() == Kind.CONSTRUCTOR
                    ? Optional.<MethodTypeDesc>empty()
                    : Replacements.find(
                            owner.substring(1, owner.length() - 1), handle.methodName(), handle.lookupDescriptor());
            return replacement
                    .map(called -> bridges.to(handle.methodName(), called))
                    .or(() -> refusedConstant(entry).map(name -> bridges.refusing(name, handle.invocationType())))
                    .orElse(handle);
        }
        return argument.constantValue();
    }

    private void field(CodeBuilder code, FieldInstruction field) {
        var name = field.name().stringValue();
        if (field.opcode() == Opcode.GETSTATIC
                && field.owner().asInternalName().equals("java/lang/System")
                && (name.equals("out") || name.equals("err"))) {
            code.invokestatic(CALLS, "nowhere", MethodTypeDesc.of(PRINT_STREAM));
        } else {
            refuse(code, platformOwner(field.field()).flatMap(type -> refused(type, field.field())))
                    .with(field);
        }
    }

    static CodeBuilder refuse(CodeBuilder code, Optional<String> name) {
        name.ifPresent(refused -> code.loadConstant(refused).invokestatic(CALLS, "refuse", REFUSE));
        return code;
    }

    private Optional<String> platformOwner(MemberRefEntry member) {
        var owner = member.owner().asInternalName();
        return owner.startsWith("dev/sluice/")
                ? Optional.of(owner)
                : classes.platformOwner(
                        owner, member.name().stringValue() + member.type().stringValue());
    }

    private static Optional<String> refused(String owner, MemberRefEntry member) {
        return LibraryApi.refused(
                owner, member.name().stringValue(), member.type().stringValue());
    }

    private static Optional<String> refusedLinker(BootstrapMethodEntry bootstrap) {
        var method = bootstrap.bootstrapMethod().reference();
        var owner = method.owner().asInternalName();
        if (LibraryApi.isPlatform(owner)
                && !AllowedApi.allowsBootstrap(owner, method.name().stringValue())) {
            return Optional.of(owner.replace('/', '.') + "." + method.name().stringValue());
        }
        return Optional.empty();
    }

    private Optional<String> refusedBootstrap(BootstrapMethodEntry bootstrap) {
        return refusedLinker(bootstrap)
                .or(() -> bootstrap.arguments().stream()
                        .flatMap(argument -> refusedConstant(argument).stream())
                        .findFirst());
    }

    private Optional<String> refusedConstant(PoolEntry constant) {
        return switch (constant) {
            case MethodHandleEntry handle -> {
                var member = handle.reference();
                var name = member.name().stringValue();
                yield platformOwner(member)
                        .flatMap(owner -> refused(owner, member)
                                .or(() -> Replacements.find(owner, name).map(call -> call.replace('/', '.'))));
            }
            case ConstantDynamicEntry dynamic -> refusedBootstrap(dynamic.bootstrap());
            default -> Optional.empty();
        };
    }
}
