package dev.sluice.udf.runtime;

import static java.lang.constant.ConstantDescs.CD_boolean;
import static java.lang.constant.ConstantDescs.CD_double;
import static java.lang.constant.ConstantDescs.CD_float;
import static java.lang.constant.ConstantDescs.CD_int;
import static java.lang.constant.ConstantDescs.CD_long;

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
    private final int[] masks;

    /** @param row the local that holds the row */
    ArgumentsCode(CodeBuilder code, UserMethod method, boolean calledOnNull, KernelHandles handles, int row) {
        this.code = code;
        this.parameters = method.parameters();
        this.calledOnNull = calledOnNull;
        this.handles = handles;
        this.row = row;
        data = longs();
        masks = longs();
    }

    private int[] longs() {
        return IntStream.range(0, parameters.size())
                .map(_ -> code.allocateLocal(TypeKind.LONG))
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
            handles.data().call(code, vector).lstore(data[i]);
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
        var reader = handles.readers().get(i);
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
