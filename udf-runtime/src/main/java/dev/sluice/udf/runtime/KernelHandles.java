package dev.sluice.udf.runtime;

import static java.lang.constant.ConstantDescs.CD_MethodHandle;
import static java.lang.constant.ConstantDescs.CD_MethodHandles;
import static java.lang.constant.ConstantDescs.CD_Object;
import static java.lang.constant.ConstantDescs.CD_int;

import java.lang.classfile.CodeBuilder;
import java.lang.constant.ConstantDescs;
import java.lang.constant.DirectMethodHandleDesc;
import java.lang.constant.DynamicConstantDesc;
import java.lang.constant.MethodTypeDesc;
import java.lang.invoke.MethodHandle;
import java.util.ArrayList;
import java.util.List;

/**
 * The accessors of a kernel, each at its place in the class data.
 *
 * @param all the class data
 * @param writers one for each column of the result
 * @param readers one for each parameter
 */
record KernelHandles(
        List<MethodHandle> all,
        Accessor size,
        Accessor column,
        Accessor data,
        Accessor validity,
        Accessor writableValidity,
        Accessor isValid,
        Accessor setNull,
        Accessor state,
        Accessor setState,
        Accessor findGroup,
        Accessor addGroup,
        List<Accessor> writers,
        List<Accessor> readers) {
    private static final DirectMethodHandleDesc CLASS_DATA_AT =
            ConstantDescs.ofConstantBootstrap(CD_MethodHandles, "classDataAt", CD_Object, CD_int);

    /** A handle in the class data; it is loaded first, then its arguments, then it is called. */
    record Accessor(int index, MethodTypeDesc type) {
        void load(CodeBuilder code) {
            code.loadConstant(
                    DynamicConstantDesc.ofNamed(CLASS_DATA_AT, ConstantDescs.DEFAULT_NAME, CD_MethodHandle, index));
        }

        void call(CodeBuilder code) {
            code.invokevirtual(CD_MethodHandle, "invokeExact", type);
        }

        /** Loads it, calls it with the {@code long} values of {@code locals}, and leaves its result on the stack. */
        CodeBuilder call(CodeBuilder code, int... locals) {
            load(code);
            for (var local : locals) {
                code.lload(local);
            }
            call(code);
            return code;
        }
    }

    static KernelHandles of(VectorAccess access, UdfSource source) {
        var all = new ArrayList<MethodHandle>();
        var size = add(all, access.size());
        var column = add(all, access.column());
        var data = add(all, access.data());
        var validity = add(all, access.validity());
        var writableValidity = add(all, access.writableValidity());
        var isValid = add(all, access.isValid());
        var setNull = add(all, access.setNull());
        var state = add(all, access.state());
        var setState = add(all, access.setState());
        var findGroup = add(all, Groups.FIND);
        var addGroup = add(all, Groups.ADD);
        var writers = source.results().stream()
                .map(result -> add(all, access.writer(result)))
                .toList();
        var readers = source.parameters().stream()
                .map(parameter -> add(all, access.reader(parameter)))
                .toList();
        return new KernelHandles(
                List.copyOf(all),
                size,
                column,
                data,
                validity,
                writableValidity,
                isValid,
                setNull,
                state,
                setState,
                findGroup,
                addGroup,
                writers,
                readers);
    }

    /** That of the only result. */
    Accessor writer() {
        return writers.getFirst();
    }

    private static Accessor add(List<MethodHandle> all, MethodHandle handle) {
        all.add(handle);
        return new Accessor(all.size() - 1, handle.type().describeConstable().orElseThrow());
    }
}
