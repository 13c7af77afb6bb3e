package dev.sluice.udf.runtime;

import dev.sluice.udf.runtime.KernelHandles.Writer;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.TypeKind;

/** The instructions for a type with parts, whose writer takes null as well. */
final class NestedResultCode implements ResultCode {
    private final CodeBuilder code;
    private final Writer.Nested writer;
    private final int vector;
    private final int row;
    private final int column;
    private final int value;

    NestedResultCode(CodeBuilder code, Writer.Nested writer, int vector, int row) {
        this.code = code;
        this.writer = writer;
        this.vector = vector;
        this.row = row;
        column = code.allocateLocal(TypeKind.REFERENCE);
        value = code.allocateLocal(TypeKind.REFERENCE);
    }

    @Override
    public void open() {
        writer.open().call(code, vector).astore(column);
    }

    @Override
    public void skip() {
        code.aconst_null().astore(column);
    }

    @Override
    public void write() {
        code.astore(value);
        writer.write().load(code);
        code.aload(column).lload(row).aload(value);
        writer.write().call(code);
    }

    @Override
    public void writeNull() {
        code.aconst_null();
        write();
    }
}
