package dev.sluice.udf.runtime;

import static java.lang.constant.ConstantDescs.CD_long;
import static java.lang.constant.ConstantDescs.CD_void;

import java.lang.classfile.ClassFile;
import java.lang.constant.ClassDesc;
import java.lang.constant.MethodTypeDesc;
import java.lang.invoke.MethodType;
import java.lang.reflect.AccessFlag;

/**
 * Writes the loop that calls a function, as a hidden class beside the user's own, so that a call is a plain static call
 * which the JIT compiler inlines.
 *
 * <p>For {@code BIGINT f(BIGINT a, INTEGER b)} over {@code static Long f(long a, Integer b)} the class stands for this
 * Java, where names in capitals are the {@link VectorAccess}:
 *
 * <pre>{@code
 * static void loop(long chunk, long result) {
 *     long rows = SIZE(chunk);
 *     long out = DATA(result);
 *     long nulls = 0;                                    // the result's mask, once there is a null
 *     long vectorA = COLUMN(chunk, 0), dataA = DATA(vectorA), maskA = VALIDITY(vectorA);
 *     long vectorB = COLUMN(chunk, 1), dataB = DATA(vectorB), maskB = VALIDITY(vectorB);
 *
 *     if ((maskA | maskB) == 0) {                        // no nulls come in: no mask is read
 *         for (long row = 0; row < rows; row++) {
 *             Long value = f(READ_A(dataA, row), Integer.valueOf(READ_B(dataB, row)));
 *             if (value != null) {
 *                 WRITE(result, out, row, value.longValue());
 *             } else {
 *                 if (nulls == 0) nulls = WRITABLE_VALIDITY(result);
 *                 SET_NULL(nulls, row);
 *             }
 *         }
 *     } else {
 *         for (long row = 0; row < rows; row++) {
 *             if (maskA == 0 || IS_VALID(maskA, row)) {  // a cannot be null, so that null gives null
 *                 Long value = f(
 *                         READ_A(dataA, row),
 *                         maskB == 0 || IS_VALID(maskB, row) ? Integer.valueOf(READ_B(dataB, row)) : null);
 *                 … as above …
 *             } else {
 *                 … null, as above …
 *             }
 *         }
 *     }
 * }
 * }</pre>
 *
 * A parameter takes null if its type is a box ({@code Integer}), or any if the function is called on null input. A
 * result of a primitive type needs no test for null. An {@code int} becomes a {@code long} on its way in or out where
 * the declaration is wider than the method, and so on.
 *
 * <p>The handles are class data, read by dynamic constants: constants to the JIT compiler, which inlines them like
 * static calls, while neither the generated class nor its loader needs to see the engine they come from.
 */
final class KernelCompiler {
    private KernelCompiler() {}

    static Kernel compile(UdfFunction function, VectorAccess access) {
        var method = function.handler();
        var handles = KernelHandles.of(access, function.source());
        var name = ClassDesc.of(method.owner().packageName(), "Kernel");
        var bytes = ClassFile.of()
                .build(
                        name,
                        type -> type.withFlags(AccessFlag.FINAL, AccessFlag.SYNTHETIC)
                                .withMethodBody(
                                        "loop",
                                        MethodTypeDesc.of(CD_void, CD_long, CD_long),
                                        ClassFile.ACC_STATIC,
                                        code -> new KernelCode(
                                                        code,
                                                        method,
                                                        function.source().calledOnNull(),
                                                        handles)
                                                .write()));
        try {
            var kernel = KernelHost.lookup(function.loader(), method.owner())
                    .defineHiddenClassWithClassData(bytes, handles.all(), false);
            return new Kernel(kernel.findStatic(
                    kernel.lookupClass(), "loop", MethodType.methodType(void.class, long.class, long.class)));
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("The kernel of " + method.describe() + " could not be linked", e);
        }
    }
}
