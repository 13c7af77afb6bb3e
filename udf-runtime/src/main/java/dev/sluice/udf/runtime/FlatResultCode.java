package dev.sluice.udf.runtime;

import dev.sluice.udf.runtime.KernelHandles.Accessor;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.TypeKind;
import java.lang.constant.ClassDesc;
import java.lang.constant.MethodTypeDesc;

/** The instructions for a type without parts. */
final class FlatResultCode implements ResultCode {
    private final CodeBuilder code;
    private final ClassDesc type;
    private final Accessor writer;
    private final KernelHandles handles;
    private final int vector;
    private final int row;
    private final int data;
    private final int nulls;
    private final int value;

    /**
     * @param type of the values
     * @param vector the local that holds the vector
     * @param row the local that holds the row to write to
     */
    FlatResultCode(CodeBuilder code, ClassDesc type, Accessor writer, KernelHandles handles, int vector, int row) {
        this.code = code;
        this.type = type;
        this.writer = writer;
        this.handles = handles;
        this.vector = vector;
        this.row = row;
        data = code.allocateLocal(TypeKind.LONG);
        nulls = code.allocateLocal(TypeKind.LONG);
        value = code.allocateLocal(TypeKind.from(type));
    }

    @Override
    public void open() {
        handles.data().call(code, vector).lstore(data);
        code.lconst_0().lstore(nulls);
    }

    @Override
    public void skip() {
        code.lconst_0().lstore(data);
        code.lconst_0().lstore(nulls);
    }

    private boolean mayBeNull() {
        return !type.isPrimitive();
    }

    @Override
    public void write() {
        var isNull = code.newLabel();
        var end = code.newLabel();
        code.storeLocal(TypeKind.from(type), value);
        if (mayBeNull()) {
            code.aload(value).ifnull(isNull);
        }
        writer.load(code);
        code.lload(vector).lload(data).lload(row);
        pushWritten();
        writer.call(code);
        if (mayBeNull()) {
            code.goto_(end);
            code.labelBinding(isNull);
            writeNull();
        }
        code.labelBinding(end);
    }

    private void pushWritten() {
        var wanted = writer.type().parameterType(writer.type().parameterCount() - 1);
        code.loadLocal(TypeKind.from(type), value);
        if (type.isPrimitive()) {
            code.conversion(TypeKind.from(type), TypeKind.from(wanted));
        } else if (wanted.isPrimitive()) {
            code.invokevirtual(type, wanted.displayName() + "Value", MethodTypeDesc.of(wanted));
        }
    }

    @Override
    public void writeNull() {
        var open = code.newLabel();
        code.lload(nulls).lconst_0().lcmp().ifne(open);
        handles.writableValidity().call(code, vector).lstore(nulls);
        code.labelBinding(open);
        handles.setNull().call(code, nulls, row);
    }
}
