package dev.sluice.udf.runtime;

import static java.lang.constant.ConstantDescs.CD_Object;
import static java.lang.constant.ConstantDescs.CD_boolean;
import static java.lang.constant.ConstantDescs.CD_int;
import static java.lang.constant.ConstantDescs.CD_long;

import java.lang.classfile.CodeBuilder;
import java.lang.classfile.TypeKind;
import java.lang.constant.ClassDesc;
import java.lang.constant.MethodTypeDesc;

/** The instructions of a table function's kernel; {@link KernelCompiler} shows the Java that they stand for. */
final class TableCode {
    private static final ClassDesc TABLES = ClassDesc.of("java.util.function.LongFunction");

    static final MethodTypeDesc OPEN = MethodTypeDesc.of(CD_Object, CD_long, TABLES);
    static final String CALL_NAME = "call";

    private static final ClassDesc ITERATOR = ClassDesc.of("java.util.Iterator");

    static final MethodTypeDesc FILL = MethodTypeDesc.of(CD_long, ITERATOR, CD_long, CD_int.arrayType(), CD_long);

    private final CodeBuilder code;
    private final ClassDesc kernel;
    private final TableMethod table;
    private final KernelHandles handles;
    private final int row;

    TableCode(CodeBuilder code, ClassDesc kernel, TableMethod table, KernelHandles handles) {
        this.code = code;
        this.kernel = kernel;
        this.table = table;
        this.handles = handles;
        row = code.allocateLocal(TypeKind.LONG);
    }

    void open(boolean calledOnNull) {
        var arguments = new ArgumentsCode(code, table.method().takingNumbers(), calledOnNull, handles, row);
        var masked = code.newLabel();
        var isNull = code.newLabel();
        code.lconst_0().lstore(row);
        arguments.open(code.parameterSlot(0));
        arguments.jumpIfMasked(masked);
        arguments.push(false);
        call();
        code.labelBinding(masked);
        arguments.jumpIfNull(isNull);
        arguments.push(true);
        call();
        code.labelBinding(isNull);
        code.aconst_null().areturn();
    }

    private void call() {
        code.aload(code.parameterSlot(1))
                .invokestatic(kernel, CALL_NAME, callType(table))
                .areturn();
    }

    /** The type of {@link #call}: the method's, with numbers for tables, and where to find these. */
    static MethodTypeDesc callType(TableMethod table) {
        var numbered = table.method().takingNumbers().type();
        return numbered.insertParameterTypes(numbered.parameterCount(), TABLES).changeReturnType(CD_Object);
    }

    void callMethod() {
        var method = table.method();
        var tables = code.parameterSlot(method.parameters().size());
        for (var i = 0; i < method.parameters().size(); i++) {
            var type = method.type().parameterType(i);
            if (UserMethod.isTable(type)) {
                code.aload(tables)
                        .lload(code.parameterSlot(i))
                        .invokeinterface(TABLES, "apply", MethodTypeDesc.of(CD_Object, CD_long))
                        .checkcast(type);
            } else {
                code.loadLocal(TypeKind.from(type), code.parameterSlot(i));
            }
        }
        code.invokestatic(method.owner(), method.name(), method.type()).areturn();
    }

    void fill() {
        var columns = table.columns().stream().map(this::openColumn).toList();
        var value = code.allocateLocal(TypeKind.REFERENCE);
        var end = code.newLabel();
        code.lconst_0().lstore(row);
        var top = code.newBoundLabel();
        code.lload(row).lload(code.parameterSlot(3)).lcmp().ifge(end);
        code.aload(code.parameterSlot(0))
                .invokeinterface(ITERATOR, "hasNext", MethodTypeDesc.of(CD_boolean))
                .ifeq(end);
        code.aload(code.parameterSlot(0)).invokeinterface(ITERATOR, "next", MethodTypeDesc.of(CD_Object));
        code.checkcast(table.row()).astore(value);
        columns.forEach(column -> write(column, value));
        code.lload(row).lconst_1().ladd().lstore(row).goto_(top);
        code.labelBinding(end);
        code.lload(row).lreturn();
    }

    /** @param vector the local that holds the column's vector, or 0 where nobody asked for it */
    private record OpenColumn(TableMethod.Column source, int vector, ResultCode result) {}

    private OpenColumn openColumn(TableMethod.Column source) {
        var index = table.columns().indexOf(source);
        var place = code.allocateLocal(TypeKind.LONG);
        var vector = code.allocateLocal(TypeKind.LONG);
        var result = ResultCode.of(code, source.type(), handles.writers().get(index), handles, vector, row);
        var absent = code.newLabel();
        var end = code.newLabel();
        code.aload(code.parameterSlot(2)).loadConstant(index).iaload().i2l().lstore(place);
        code.lload(place).lconst_0().lcmp().iflt(absent);
        handles.column().call(code, code.parameterSlot(1), place).lstore(vector);
        result.open();
        code.goto_(end);
        code.labelBinding(absent);
        code.lconst_0().lstore(vector);
        result.skip();
        code.labelBinding(end);
        return new OpenColumn(source, vector, result);
    }

    private void write(OpenColumn column, int value) {
        var absent = code.newLabel();
        code.lload(column.vector()).lconst_0().lcmp().ifeq(absent);
        code.aload(value);
        column.source()
                .component()
                .ifPresent(name -> code.invokevirtual(
                        table.row(), name, MethodTypeDesc.of(column.source().type())));
        column.result().write();
        code.labelBinding(absent);
    }
}
