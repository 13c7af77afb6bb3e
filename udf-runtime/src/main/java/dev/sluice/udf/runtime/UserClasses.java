package dev.sluice.udf.runtime;

import java.lang.constant.ClassDesc;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodHandles.Lookup;
import java.lang.invoke.MethodType;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.Map;

/** The classes of a function as the code around it reaches them. Thread-safe. */
final class UserClasses {
    /** {@code (Object entry) → Object}. */
    static final MethodHandle ENTRY_KEY = entry("getKey");

    static final MethodHandle ENTRY_VALUE = entry("getValue");

    private final ClassLoader loader;
    private final Lookup lookup;

    /** @param lookup from a class of the same loader */
    UserClasses(ClassLoader loader, Lookup lookup) {
        this.loader = loader;
        this.lookup = lookup;
    }

    /** A class, without running its initialiser. */
    Class<?> load(ClassDesc type) {
        if (type.isArray()) {
            return load(type.componentType()).arrayType();
        }
        try {
            if (type.isPrimitive()) {
                return type.resolveConstantDesc(lookup);
            }
            var descriptor = type.descriptorString();
            return loader.loadClass(
                    descriptor.substring(1, descriptor.length() - 1).replace('/', '.'));
        } catch (ReflectiveOperationException e) {
            throw unlinked(type, e);
        }
    }

    /** {@code (Object[] components) → Object}: the canonical constructor of a record. */
    MethodHandle constructor(ClassDesc type) {
        var loaded = load(type);
        var components = Arrays.stream(loaded.getRecordComponents())
                .map(RecordComponent::getType)
                .toArray(Class<?>[]::new);
        try {
            return MethodHandles.privateLookupIn(loaded, lookup)
                    .findConstructor(loaded, MethodType.methodType(void.class, components))
                    .asSpreader(Object[].class, components.length)
                    .asType(MethodType.methodType(Object.class, Object[].class));
        } catch (ReflectiveOperationException e) {
            throw unlinked(type, e);
        }
    }

    /** {@code (Object record) → Object}. */
    MethodHandle accessor(ClassDesc type, String component) {
        var loaded = load(type);
        var accessor = Arrays.stream(loaded.getRecordComponents())
                .filter(c -> c.getName().equals(component))
                .map(RecordComponent::getAccessor)
                .findFirst()
                .orElseThrow();
        try {
            return MethodHandles.privateLookupIn(loaded, lookup)
                    .unreflect(accessor)
                    .asType(MethodType.genericMethodType(1));
        } catch (ReflectiveOperationException e) {
            throw unlinked(type, e);
        }
    }

    private static IllegalStateException unlinked(ClassDesc type, ReflectiveOperationException e) {
        return new IllegalStateException("Class " + type.displayName() + " of a function could not be linked", e);
    }

    private static MethodHandle entry(String name) {
        try {
            return MethodHandles.publicLookup()
                    .findVirtual(Map.Entry.class, name, MethodType.methodType(Object.class))
                    .asType(MethodType.genericMethodType(1));
        } catch (ReflectiveOperationException e) {
            throw new LinkageError("The JDK has it", e);
        }
    }
}
