package dev.sluice.udf.runtime;

import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.FieldModel;
import java.lang.classfile.MethodModel;
import java.lang.classfile.constantpool.ClassEntry;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/** The class files of a set of jars: whether there is one, and what a name in it stands for. Thread-safe. */
final class LibraryClasses {
    private final List<LibraryJar> jars;
    private final Map<String, Optional<Outline>> outlines = new ConcurrentHashMap<>();

    LibraryClasses(List<LibraryJar> jars) {
        this.jars = jars;
    }

    /** What a class inherits and declares; members with their descriptors. */
    private record Outline(List<String> parents, List<String> members) {
        static Outline of(ClassModel type) {
            var parents = Stream.concat(type.superclass().stream(), type.interfaces().stream())
                    .map(ClassEntry::asInternalName)
                    .toList();
            var members = Stream.concat(
                            type.methods().stream().map(Outline::key),
                            type.fields().stream().map(Outline::key))
                    .toList();
            return new Outline(parents, members);
        }

        private static String key(MethodModel method) {
            return method.methodName().stringValue() + method.methodType().stringValue();
        }

        private static String key(FieldModel field) {
            return field.fieldName().stringValue() + field.fieldType().stringValue();
        }
    }

    Optional<byte[]> read(String internalName) {
        return jars.stream()
                .flatMap(jar -> jar.read(internalName + ".class").stream())
                .findFirst();
    }

    boolean has(String internalName) {
        return outline(internalName).isPresent();
    }

    /** Which class of the JDK a member belongs to that is named on a library's class, if it inherits it. */
    Optional<String> platformOwner(String owner, String member) {
        if (LibraryApi.isPlatform(owner)) {
            return Optional.of(owner);
        }
        return outline(owner)
                .filter(outline -> !outline.members().contains(member))
                .flatMap(outline -> outline.parents().stream()
                        .filter(parent -> !parent.equals("java/lang/Object"))
                        .flatMap(parent -> platformOwner(parent, member).stream())
                        .findFirst());
    }

    private Optional<Outline> outline(String internalName) {
        var known = outlines.get(internalName);
        if (known != null) {
            return known;
        }
        var outline = read(internalName).map(bytes -> Outline.of(ClassFile.of().parse(bytes)));
        outlines.put(internalName, outline);
        return outline;
    }
}
