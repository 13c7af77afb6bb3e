package dev.sluice.udf.runtime;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.util.ResourceBundle;
import java.util.logging.Logger;

/** A member that a library reaches by reflection: it may, where its own code could name the member. */
record Reflected(Class<?> owner, String name, String descriptor) {
    static Reflected of(Method method) {
        var type = MethodType.methodType(method.getReturnType(), method.getParameterTypes());
        return new Reflected(method.getDeclaringClass(), method.getName(), type.toMethodDescriptorString());
    }

    static Reflected of(Constructor<?> constructor) {
        var type = MethodType.methodType(void.class, constructor.getParameterTypes());
        return new Reflected(constructor.getDeclaringClass(), "<init>", type.toMethodDescriptorString());
    }

    static Reflected of(Field field) {
        return new Reflected(
                field.getDeclaringClass(), field.getName(), field.getType().descriptorString());
    }

    /** @throws SecurityException if the library may not use it */
    void require() {
        if (CheckedLoader.loaded(owner)) {
            return;
        }
        var internal = owner.getName().replace('.', '/');
        LibraryApi.refused(internal, name, descriptor).ifPresent(LibraryCalls::refuse);
        if (looksAtItsCaller() || Replacements.find(internal, name).isPresent()) {
            LibraryCalls.refuse(owner.getName() + "." + name + " by reflection");
        }
    }

    /** Such a method would take the server's class for its caller. */
    private boolean looksAtItsCaller() {
        return owner == MethodHandles.class
                || owner == Method.class
                || owner == ResourceBundle.class
                || owner == Logger.class
                || (owner == Class.class && name.startsWith("get") && name.contains("Class"))
                || owner.getName().startsWith("java.lang.invoke.")
                || (owner.getName().startsWith("java.util.concurrent.atomic.Atomic")
                        && owner.getName().endsWith("FieldUpdater"));
    }
}
