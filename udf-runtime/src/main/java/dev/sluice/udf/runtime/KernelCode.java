package dev.sluice.udf.runtime;

import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Label;
import java.lang.classfile.TypeKind;

/** The instructions of one kernel; {@link KernelCompiler} shows the Java that they stand for. */
final class KernelCode {
    private final CodeBuilder code;
    private final UserMethod method;
    private final KernelHandles handles;
    private final int chunk;
    private final int rows;
    private final int row;
    private final ArgumentsCode arguments;
    private final ResultCode result;

    KernelCode(CodeBuilder code, UserMethod method, boolean calledOnNull, KernelHandles handles) {
        this.code = code;
        this.method = method;
        this.handles = handles;
        chunk = code.parameterSlot(0);
        rows = code.allocateLocal(TypeKind.LONG);
        row = code.allocateLocal(TypeKind.LONG);
        arguments = new ArgumentsCode(code, method, calledOnNull, handles, row);
        result = ResultCode.of(code, method.type().returnType(), handles.writer(), handles, code.parameterSlot(1), row);
    }

    void write() {
        handles.size().call(code, chunk).lstore(rows);
        result.open();
        arguments.open(chunk);
        var masked = code.newLabel();
        arguments.jumpIfMasked(masked);
        loop(false);
        code.return_();
        code.labelBinding(masked);
        loop(true);
        code.return_();
    }

    private void loop(boolean masked) {
        code.lconst_0().lstore(row);
        new RowLoop(code, row, rows).write(next -> oneRow(masked, next));
    }

    private void oneRow(boolean masked, Label next) {
        var isNull = code.newLabel();
        if (masked) {
            arguments.jumpIfNull(isNull);
        }
        arguments.push(masked);
        code.invokestatic(method.owner(), method.name(), method.type());
        result.write();
        code.goto_(next);
        code.labelBinding(isNull);
        if (masked) {
            result.writeNull();
        }
    }
}
