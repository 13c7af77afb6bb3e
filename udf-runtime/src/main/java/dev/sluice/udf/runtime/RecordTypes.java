package dev.sluice.udf.runtime;

import java.lang.classfile.Attributes;
import java.lang.classfile.ClassFile;
import java.lang.classfile.Signature;
import java.lang.classfile.attribute.RecordComponentInfo;
import java.lang.classfile.attribute.SignatureAttribute;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The records that a body declares, read from its class files. */
final class RecordTypes {
    private final Map<String, byte[]> classes;

    /** @param classes by binary name */
    RecordTypes(Map<String, byte[]> classes) {
        this.classes = Map.copyOf(classes);
    }

    record Component(String name, JavaType type) {}

    /** The components of a record, in order; empty if {@code type} is no record of the body. */
    Optional<List<Component>> find(JavaType type) {
        var descriptor = type.erased().descriptorString();
        if (!descriptor.startsWith("L")) {
            return Optional.empty();
        }
        var name = descriptor.substring(1, descriptor.length() - 1).replace('/', '.');
        return Optional.ofNullable(classes.get(name))
                .flatMap(bytes -> ClassFile.of().parse(bytes).findAttribute(Attributes.record()))
                .map(components -> components.components().stream()
                        .map(RecordTypes::component)
                        .toList());
    }

    private static Component component(RecordComponentInfo component) {
        var signature = component
                .findAttribute(Attributes.signature())
                .map(SignatureAttribute::asTypeSignature)
                .orElseGet(() -> Signature.of(component.descriptorSymbol()));
        return new Component(component.name().stringValue(), JavaType.of(signature));
    }
}
