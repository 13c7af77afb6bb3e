package dev.sluice.udf.runtime;

import java.lang.classfile.ClassBuilder;
import java.lang.classfile.ClassFile;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.TypeKind;
import java.lang.constant.ClassDesc;
import java.lang.constant.DirectMethodHandleDesc;
import java.lang.constant.MethodHandleDesc;
import java.lang.constant.MethodTypeDesc;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Methods that a rewritten class gets for its method references: {@code System::getenv} refers to {@code static String
 * getenv(String name) { return LibraryCalls.getenv(name, Self.class); }}.
 */
final class Bridges {
    private final ClassDesc self;
    private final DirectMethodHandleDesc.Kind kind;
    private final List<Bridge> bridges = new ArrayList<>();
    private final List<Refusal> refusals = new ArrayList<>();

    private Bridges(ClassDesc self, DirectMethodHandleDesc.Kind kind) {
        this.self = self;
        this.kind = kind;
    }

    static Bridges of(ClassDesc self, boolean isInterface) {
        return new Bridges(
                self, isInterface ? DirectMethodHandleDesc.Kind.INTERFACE_STATIC : DirectMethodHandleDesc.Kind.STATIC);
    }

    /** What a reference to something refused becomes, which can be made and not called. */
    DirectMethodHandleDesc refusing(String refused, MethodTypeDesc type) {
        var refusal = new Refusal("sluice$" + refusals.size() + "$refused", refused, type);
        refusals.add(refusal);
        return MethodHandleDesc.ofMethod(kind, self, refusal.name(), type);
    }

    private record Refusal(String name, String refused, MethodTypeDesc type) {}

    private record Bridge(String name, String called, MethodTypeDesc replacement) {
        MethodTypeDesc type() {
            var caller = replacement.parameterCount() - 1;
            return replacement.dropParameterTypes(caller, caller + 1);
        }
    }

    /** What a reference to the method that is replaced becomes. */
    DirectMethodHandleDesc to(String called, MethodTypeDesc replacement) {
        var bridge = new Bridge("sluice$" + bridges.size() + "$" + called, called, replacement);
        bridges.add(bridge);
        return MethodHandleDesc.ofMethod(kind, self, bridge.name(), bridge.type());
    }

    void write(ClassBuilder type) {
        for (var bridge : bridges) {
            type.withMethodBody(
                    bridge.name(),
                    bridge.type(),
                    ClassFile.ACC_PRIVATE | ClassFile.ACC_STATIC | ClassFile.ACC_SYNTHETIC,
                    code -> write(code, bridge));
        }
        for (var refusal : refusals) {
            type.withMethodBody(
                    refusal.name(),
                    refusal.type(),
                    ClassFile.ACC_PRIVATE | ClassFile.ACC_STATIC | ClassFile.ACC_SYNTHETIC,
                    code -> CallRewriting.refuse(code, Optional.of(refusal.refused()))
                            .aconst_null()
                            .athrow());
        }
    }

    private void write(CodeBuilder code, Bridge bridge) {
        var slot = 0;
        for (var parameter : bridge.type().parameterList()) {
            var type = TypeKind.from(parameter);
            code.loadLocal(type, slot);
            slot += type.slotSize();
        }
        code.loadConstant(self)
                .invokestatic(Replacements.owner(), bridge.called(), bridge.replacement())
                .return_(TypeKind.from(bridge.replacement().returnType()));
    }
}
