package dev.sluice.udf.runtime;

import java.io.ByteArrayInputStream;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassHierarchyResolver;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.CodeElement;
import java.lang.classfile.CodeTransform;
import java.lang.classfile.Label;
import java.lang.classfile.instruction.BranchInstruction;
import java.lang.classfile.instruction.LabelTarget;
import java.lang.classfile.instruction.LookupSwitchInstruction;
import java.lang.classfile.instruction.SwitchCase;
import java.lang.classfile.instruction.TableSwitchInstruction;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.DynamicCallSiteDesc;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;

/**
 * Puts a {@link Checkpoint} at the start of each method and before each jump backwards. Code that javac wrote cannot
 * run on for ever without one of the two; a loop inside the JDK can.
 */
final class CheckInjection implements CodeTransform {
    private static final DynamicCallSiteDesc CHECK = DynamicCallSiteDesc.of(
            ConstantDescs.ofCallsiteBootstrap(
                    Checkpoint.class.describeConstable().orElseThrow(),
                    "link",
                    ClassDesc.of("java.lang.invoke.CallSite")),
            "check",
            ConstantDescs.MTD_void);

    private final Set<Label> passed = new HashSet<>();

    private CheckInjection() {}

    /** For one method. */
    static CodeTransform checks() {
        return CodeTransform.ofStateful(CheckInjection::new);
    }

    /** @param libraries whose classes the code may know */
    static SequencedMap<String, byte[]> into(SequencedMap<String, byte[]> classes, Optional<LibraryClasses> libraries) {
        var file = ClassFile.of(ClassFile.ClassHierarchyResolverOption.of(hierarchy(classes, libraries)));
        var transform = ClassTransform.transformingMethodBodies(checks());
        var checked = new LinkedHashMap<String, byte[]>();
        try {
            classes.forEach((name, bytes) -> checked.put(name, file.transformClass(file.parse(bytes), transform)));
        } catch (IllegalArgumentException e) { // past 64 KB
            throw Declaration.invalid("A method of the body is too large: " + e.getMessage(), Optional.empty())
                    .exception();
        }
        return checked;
    }

    private static ClassHierarchyResolver hierarchy(
            SequencedMap<String, byte[]> classes, Optional<LibraryClasses> libraries) {
        return ClassHierarchyResolver.ofResourceParsing(type -> Optional.ofNullable(classes.get(binaryName(type)))
                        .or(() -> libraries.flatMap(l -> l.read(binaryName(type).replace('.', '/'))))
                        .map(ByteArrayInputStream::new)
                        .orElse(null))
                .orElse(ClassHierarchyResolver.defaultResolver())
                .cached();
    }

    private static String binaryName(ClassDesc type) {
        var descriptor = type.descriptorString();
        return descriptor.substring(1, descriptor.length() - 1).replace('/', '.');
    }

    @Override
    public void atStart(CodeBuilder code) {
        code.invokedynamic(CHECK);
    }

    @Override
    public void accept(CodeBuilder code, CodeElement element) {
        if (element instanceof LabelTarget target) {
            passed.add(target.label());
        } else if (jumpsBack(element)) {
            code.invokedynamic(CHECK);
        }
        code.with(element);
    }

    private boolean jumpsBack(CodeElement element) {
        return switch (element) {
            case BranchInstruction branch -> passed.contains(branch.target());
            case TableSwitchInstruction table -> jumpsBack(table.defaultTarget(), table.cases());
            case LookupSwitchInstruction lookup -> jumpsBack(lookup.defaultTarget(), lookup.cases());
            default -> false;
        };
    }

    private boolean jumpsBack(Label otherwise, List<SwitchCase> cases) {
        return passed.contains(otherwise) || cases.stream().anyMatch(c -> passed.contains(c.target()));
    }
}
