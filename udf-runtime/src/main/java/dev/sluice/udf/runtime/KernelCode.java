package dev.sluice.udf.runtime;

import static java.lang.constant.ConstantDescs.CD_boolean;
import static java.lang.constant.ConstantDescs.CD_double;
import static java.lang.constant.ConstantDescs.CD_float;
import static java.lang.constant.ConstantDescs.CD_int;
import static java.lang.constant.ConstantDescs.CD_long;

import dev.sluice.udf.runtime.KernelHandles.Accessor;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Label;
import java.lang.classfile.TypeKind;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.util.Map;
import java.util.stream.IntStream;

/** The instructions of one kernel; {@link KernelCompiler} shows the Java that they stand for. */
final class KernelCode {
    private static final Map<ClassDesc, ClassDesc> BOXES = Map.of(
            CD_boolean, ConstantDescs.CD_Boolean,
            CD_int, ConstantDescs.CD_Integer,
            CD_long, ConstantDescs.CD_Long,
            CD_float, ConstantDescs.CD_Float,
            CD_double, ConstantDescs.CD_Double);

    private final CodeBuilder code;
    private final StaticMethod method;
    private final boolean calledOnNull;
    private final KernelHandles handles;
    private final int chunk;
    private final int result;
    private final int rows;
    private final int out;
    private final int nulls;
    private final int row;
    private final int value;
    private final int[] data;
    private final int[] masks;

    KernelCode(CodeBuilder code, StaticMethod method, boolean calledOnNull, KernelHandles handles) {
        this.code = code;
        this.method = method;
        this.calledOnNull = calledOnNull;
        this.handles = handles;
        chunk = code.parameterSlot(0);
        result = code.parameterSlot(1);
        rows = code.allocateLocal(TypeKind.LONG);
        out = code.allocateLocal(TypeKind.LONG);
        nulls = code.allocateLocal(TypeKind.LONG);
        row = code.allocateLocal(TypeKind.LONG);
        value = code.allocateLocal(TypeKind.from(method.result()));
        data = longs(method.parameters().size());
        masks = longs(method.parameters().size());
    }

    private int[] longs(int count) {
        return IntStream.range(0, count)
                .map(_ -> code.allocateLocal(TypeKind.LONG))
                .toArray();
    }

    void write() {
        call(handles.size(), chunk).lstore(rows);
        call(handles.data(), result).lstore(out);
        code.lconst_0().lstore(nulls);
        code.lconst_0();
        for (var i = 0; i < masks.length; i++) {
            openColumn(i);
            code.lload(masks[i]).lor();
        }
        var withNulls = code.newLabel();
        code.lconst_0().lcmp().ifne(withNulls);
        loop(false);
        code.return_();
        code.labelBinding(withNulls);
        loop(true);
        code.return_();
    }

    private void openColumn(int i) {
        var vector = code.allocateLocal(TypeKind.LONG);
        handles.column().load(code);
        code.lload(chunk).loadConstant((long) i);
        handles.column().call(code);
        code.lstore(vector);
        call(handles.data(), vector).lstore(data[i]);
        call(handles.validity(), vector).lstore(masks[i]);
    }

    private void loop(boolean masked) {
        var next = code.newLabel();
        var end = code.newLabel();
        code.lconst_0().lstore(row);
        var top = code.newBoundLabel();
        code.lload(row).lload(rows).lcmp().ifge(end);
        oneRow(masked, next);
        code.labelBinding(next);
        code.lload(row).lconst_1().ladd().lstore(row).goto_(top);
        code.labelBinding(end);
    }

    private void oneRow(boolean masked, Label next) {
        var isNull = code.newLabel();
        for (var i = 0; masked && i < masks.length; i++) {
            if (!takesNull(i)) {
                jumpIfNull(i, isNull);
            }
        }
        for (var i = 0; i < masks.length; i++) {
            argument(i, masked && takesNull(i));
        }
        code.invokestatic(method.owner(), method.name(), method.type());
        code.storeLocal(TypeKind.from(method.result()), value);
        if (!method.result().isPrimitive()) {
            code.aload(value).ifnull(isNull);
        }
        handles.writer().load(code);
        code.lload(result).lload(out).lload(row);
        writtenValue();
        handles.writer().call(code);
        code.goto_(next);
        code.labelBinding(isNull);
        if (masked || !method.result().isPrimitive()) {
            writeNull();
        }
    }

    private boolean takesNull(int parameter) {
        return calledOnNull || BOXES.containsValue(method.parameters().get(parameter));
    }

    private void jumpIfNull(int parameter, Label target) {
        var valid = code.newLabel();
        code.lload(masks[parameter]).lconst_0().lcmp().ifeq(valid);
        call(handles.isValid(), masks[parameter], row).ifeq(target);
        code.labelBinding(valid);
    }

    private void argument(int i, boolean masked) {
        if (!masked) {
            read(i);
            return;
        }
        var isNull = code.newLabel();
        var end = code.newLabel();
        jumpIfNull(i, isNull);
        read(i);
        code.goto_(end);
        code.labelBinding(isNull);
        code.aconst_null();
        code.labelBinding(end);
    }

    private void read(int i) {
        var reader = handles.readers().get(i);
        call(reader, data[i], row);
        var found = reader.type().returnType();
        var wanted = method.parameters().get(i);
        if (wanted.isPrimitive()) {
            code.conversion(TypeKind.from(found), TypeKind.from(wanted));
        } else if (found.isPrimitive()) {
            code.invokestatic(wanted, "valueOf", MethodTypeDesc.of(wanted, found));
        }
    }

    private void writtenValue() {
        var found = method.result();
        var writer = handles.writer().type();
        var wanted = writer.parameterType(writer.parameterCount() - 1);
        code.loadLocal(TypeKind.from(found), value);
        if (found.isPrimitive()) {
            code.conversion(TypeKind.from(found), TypeKind.from(wanted));
        } else if (wanted.isPrimitive()) {
            code.invokevirtual(found, wanted.displayName() + "Value", MethodTypeDesc.of(wanted));
        }
    }

    private void writeNull() {
        var open = code.newLabel();
        code.lload(nulls).lconst_0().lcmp().ifne(open);
        call(handles.writableValidity(), result).lstore(nulls);
        code.labelBinding(open);
        call(handles.setNull(), nulls, row);
    }

    /** Calls an accessor with the values of {@code locals}. */
    private CodeBuilder call(Accessor accessor, int... locals) {
        accessor.load(code);
        for (var local : locals) {
            code.lload(local);
        }
        accessor.call(code);
        return code;
    }
}
