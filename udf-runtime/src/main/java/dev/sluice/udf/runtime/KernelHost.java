package dev.sluice.udf.runtime;

import static java.lang.constant.ConstantDescs.CD_MethodHandles;
import static java.lang.constant.ConstantDescs.CD_MethodHandles_Lookup;

import java.lang.classfile.ClassFile;
import java.lang.constant.ClassDesc;
import java.lang.constant.MethodTypeDesc;
import java.lang.invoke.MethodHandles.Lookup;

/**
 * Only a look-up that began in a class of the same loader may define a hidden class beside it, so each function has one
 * more class in its handler's package: {@code public class KernelHost { public static Lookup lookup() { return
 * MethodHandles.lookup(); } }}.
 */
final class KernelHost {
    private KernelHost() {}

    static String name(ClassDesc handler) {
        return (handler.packageName().isEmpty() ? "" : handler.packageName() + ".") + "Sluice$KernelHost";
    }

    static byte[] bytes(ClassDesc handler) {
        var type = MethodTypeDesc.of(CD_MethodHandles_Lookup);
        return ClassFile.of()
                .build(
                        ClassDesc.of(name(handler)),
                        host -> host.withFlags(ClassFile.ACC_PUBLIC | ClassFile.ACC_FINAL)
                                .withMethodBody(
                                        "lookup",
                                        type,
                                        ClassFile.ACC_PUBLIC | ClassFile.ACC_STATIC,
                                        code -> code.invokestatic(CD_MethodHandles, "lookup", type)
                                                .areturn()));
    }

    static Lookup lookup(CodeLoader loader, Handler handler) {
        try {
            return (Lookup)
                    loader.loadClass(name(handler.owner())).getMethod("lookup").invoke(null);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("The class beside " + handler.describe() + " is ours", e);
        }
    }
}
