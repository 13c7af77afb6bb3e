package dev.sluice.udf.runtime;

import static java.lang.constant.ConstantDescs.CD_boolean;
import static java.lang.constant.ConstantDescs.CD_byte;
import static java.lang.constant.ConstantDescs.CD_double;
import static java.lang.constant.ConstantDescs.CD_float;
import static java.lang.constant.ConstantDescs.CD_int;
import static java.lang.constant.ConstantDescs.CD_long;
import static java.lang.constant.ConstantDescs.CD_short;

import dev.sluice.udf.runtime.KernelHandles.Accessor;
import dev.sluice.udf.runtime.KernelHandles.Reader;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Label;
import java.lang.classfile.TypeKind;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** The instructions that read a row's arguments from a chunk's columns. */
final class ArgumentsCode {
    private static final Map<ClassDesc, ClassDesc> BOXES = Map.of(
            CD_boolean, ConstantDescs.CD_Boolean,
            CD_byte, ConstantDescs.CD_Byte,
            CD_short, ConstantDescs.CD_Short,
            CD_int, ConstantDescs.CD_Integer,
            CD_long, ConstantDescs.CD_Long,
            CD_float, ConstantDescs.CD_Float,
            CD_double, ConstantDescs.CD_Double);

    private final CodeBuilder code;
    private final List<ClassDesc> parameters;
    private final boolean calledOnNull;
    private final KernelHandles handles;
    private final int row;
    private final int[] data;
    private final int[] columns;
    private final int[] masks;

    /** @param row the local that holds the row */
    ArgumentsCode(CodeBuilder code, UserMethod method, boolean calledOnNull, KernelHandles handles, int row) {
        this.code = code;
        this.parameters = method.type().parameterList();
        this.calledOnNull = calledOnNull;
        this.handles = handles;
        this.row = row;
        data = locals(TypeKind.LONG);
        columns = locals(TypeKind.REFERENCE);
        masks = locals(TypeKind.LONG);
    }

    private int[] locals(TypeKind kind) {
        return IntStream.range(0, parameters.size())
                .map(_ -> code.allocateLocal(kind))
                .toArray();
    }

    /** Finds the columns of the chunk in a local. */
    void open(int chunk) {
        for (var i = 0; i < masks.length; i++) {
            var vector = code.allocateLocal(TypeKind.LONG);
            handles.column().load(code);
            code.lload(chunk).loadConstant((long) i);
            handles.column().call(code);
            code.lstore(vector);
            switch (handles.readers().get(i)) {
                case Reader.Flat _ -> handles.data().call(code, vector).lstore(data[i]);
                case Reader.Nested nested -> nested.open().call(code, vector).astore(columns[i]);
            }
            handles.validity().call(code, vector).lstore(masks[i]);
        }
    }

    /** Jumps if some column has a mask: otherwise no mask needs to be read. */
    void jumpIfMasked(Label target) {
        code.lconst_0();
        for (var mask : masks) {
            code.lload(mask).lor();
        }
        code.lconst_0().lcmp().ifne(target);
    }

    /** Jumps if the row has a null where the method takes none. */
    void jumpIfNull(Label target) {
        for (var i = 0; i < masks.length; i++) {
            if (!takesNull(i)) {
                jumpIfNull(i, target);
            }
        }
    }

    private void jumpIfNull(int parameter, Label target) {
        var valid = code.newLabel();
        code.lload(masks[parameter]).lconst_0().lcmp().ifeq(valid);
        handles.isValid().call(code, masks[parameter], row).ifeq(target);
        code.labelBinding(valid);
    }

    private boolean takesNull(int parameter) {
        return calledOnNull || BOXES.containsValue(parameters.get(parameter));
    }

    /** Leaves the row's values on the stack. */
    void push(boolean masked) {
        for (var i = 0; i < masks.length; i++) {
            if (masked && takesNull(i)) {
                pushNullable(i);
            } else {
                push(i);
            }
        }
    }

    private void pushNullable(int i) {
        var isNull = code.newLabel();
        var end = code.newLabel();
        jumpIfNull(i, isNull);
        push(i);
        code.goto_(end);
        code.labelBinding(isNull);
        code.aconst_null();
        code.labelBinding(end);
    }

    private void push(int i) {
        switch (handles.readers().get(i)) {
            case Reader.Flat flat -> pushFlat(flat.read(), i);
            case Reader.Nested nested -> {
                nested.read().load(code);
                code.aload(columns[i]).lload(row);
                nested.read().call(code);
                code.checkcast(parameters.get(i));
            }
        }
    }

    private void pushFlat(Accessor reader, int i) {
        reader.call(code, data[i], row);
        var found = reader.type().returnType();
        var wanted = parameters.get(i);
        if (wanted.isPrimitive()) {
            code.conversion(TypeKind.from(found), TypeKind.from(wanted));
        } else if (found.isPrimitive()) {
            code.invokestatic(wanted, "valueOf", MethodTypeDesc.of(wanted, found));
        }
    }
}
