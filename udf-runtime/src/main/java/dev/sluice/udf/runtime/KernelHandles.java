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
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
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
        List<Writer> writers,
        List<Reader> readers) {
    private static final DirectMethodHandleDesc CLASS_DATA_AT =
            ConstantDescs.ofConstantBootstrap(CD_MethodHandles, "classDataAt", CD_Object, CD_int);

    private static final MethodHandle OPEN_READER =
            untyped(VectorReader.class, "open", VectorReader.Rows.class, long.class);
    private static final MethodHandle READ = untyped(VectorReader.Rows.class, "read", Object.class, long.class);
    private static final MethodHandle OPEN_WRITER =
            untyped(VectorWriter.class, "open", VectorWriter.Rows.class, long.class);
    private static final MethodHandle WRITE =
            untyped(VectorWriter.Rows.class, "write", void.class, long.class, Object.class);

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

    /** How a column is read. */
    sealed interface Reader {
        /**
         * By the place of its values.
         *
         * @param read {@code (long data, long row) → value}
         */
        record Flat(Accessor read) implements Reader {}

        /**
         * By an object that knows its parts.
         *
         * @param open {@code (long vector) → Object}: the column
         * @param read {@code (Object column, long row) → Object}, null for a null
         */
        record Nested(Accessor open, Accessor read) implements Reader {}
    }

    /** How a result is written. */
    sealed interface Writer {
        /**
         * By the place of its values.
         *
         * @param write {@code (long vector, long data, long row, value) → void}
         */
        record Flat(Accessor write) implements Writer {}

        /**
         * By an object that knows its parts.
         *
         * @param open {@code (long vector) → Object}: the column
         * @param write {@code (Object column, long row, Object value) → void}, null for a null
         */
        record Nested(Accessor open, Accessor write) implements Writer {}
    }

    static KernelHandles of(
            VectorAccess access, List<ValueShape> parameters, List<ValueShape> results, UserClasses classes) {
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
        var writers = new ArrayList<Writer>();
        for (var result : results) {
            writers.add(writer(all, access, result, classes));
        }
        var readers = new ArrayList<Reader>();
        for (var parameter : parameters) {
            readers.add(reader(all, access, parameter, classes));
        }
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
    Writer writer() {
        return writers.getFirst();
    }

    private static Reader reader(List<MethodHandle> all, VectorAccess access, ValueShape shape, UserClasses classes) {
        return switch (shape) {
            case ValueShape.Plain plain -> new Reader.Flat(add(all, access.reader(plain.field())));
            case ValueShape.Digits digits -> new Reader.Flat(add(all, access.digitsReader(digits.field())));
            case ValueShape.PrimitiveArray _, ValueShape.Items _, ValueShape.Entries _, ValueShape.Components _ ->
                new Reader.Nested(
                        add(all, OPEN_READER.bindTo(new VectorReaders(access, classes).reader(shape))), add(all, READ));
        };
    }

    private static Writer writer(List<MethodHandle> all, VectorAccess access, ValueShape shape, UserClasses classes) {
        return switch (shape) {
            case ValueShape.Plain plain -> new Writer.Flat(add(all, access.writer(plain.field())));
            case ValueShape.Digits digits -> new Writer.Flat(add(all, access.digitsWriter(digits.field())));
            case ValueShape.PrimitiveArray _, ValueShape.Items _, ValueShape.Entries _, ValueShape.Components _ ->
                new Writer.Nested(
                        add(all, OPEN_WRITER.bindTo(new VectorWriters(access, classes).writer(shape))),
                        add(all, WRITE));
        };
    }

    /** The handle of a method whose objects the kernel holds without knowing their classes. */
    private static MethodHandle untyped(Class<?> owner, String name, Class<?> result, Class<?>... parameters) {
        try {
            var method = MethodHandles.lookup().findVirtual(owner, name, MethodType.methodType(result, parameters));
            var shown = result.isPrimitive() ? result : Object.class;
            return name.equals("open")
                    ? method.asType(method.type().changeReturnType(shown))
                    : method.asType(method.type().changeReturnType(shown).changeParameterType(0, Object.class));
        } catch (ReflectiveOperationException e) {
            throw new LinkageError("The method is ours", e);
        }
    }

    private static Accessor add(List<MethodHandle> all, MethodHandle handle) {
        all.add(handle);
        return new Accessor(all.size() - 1, handle.type().describeConstable().orElseThrow());
    }
}
