package dev.sluice.udf.runtime;

import static java.lang.constant.ConstantDescs.CD_Object;
import static java.lang.constant.ConstantDescs.CD_long;
import static java.lang.constant.ConstantDescs.CD_void;

import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Label;
import java.lang.classfile.TypeKind;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.util.function.Consumer;

/** The instructions of an aggregate's kernel; {@link KernelCompiler} shows the Java that they stand for. */
final class AggregateCode {
    static final MethodTypeDesc ADD = MethodTypeDesc.of(CD_void, CD_long, CD_long, CD_Object);
    static final MethodTypeDesc MERGE = MethodTypeDesc.of(CD_void, CD_long, CD_long, CD_long, CD_Object);
    static final MethodTypeDesc FINISH = MethodTypeDesc.of(CD_void, CD_long, CD_long, CD_long, CD_long, CD_Object);

    private static final MethodTypeDesc NEW = MethodTypeDesc.of(CD_void);

    private final CodeBuilder code;
    private final AggregateClass type;
    private final KernelHandles handles;
    private final int groups;
    private final int row;
    private final int end;
    private final int number;
    private final int group;

    AggregateCode(CodeBuilder code, AggregateClass type, KernelHandles handles, MethodTypeDesc method) {
        this.code = code;
        this.type = type;
        this.handles = handles;
        groups = code.parameterSlot(method.parameterCount() - 1);
        row = code.allocateLocal(TypeKind.LONG);
        end = code.allocateLocal(TypeKind.LONG);
        number = code.allocateLocal(TypeKind.LONG);
        group = code.allocateLocal(TypeKind.REFERENCE);
    }

    void add(boolean calledOnNull) {
        var chunk = code.parameterSlot(0);
        var arguments = new ArgumentsCode(code, type.add(), calledOnNull, handles, row);
        handles.size().call(code, chunk).lstore(end);
        arguments.open(chunk);
        var masked = code.newLabel();
        arguments.jumpIfMasked(masked);
        addRows(arguments, false);
        code.return_();
        code.labelBinding(masked);
        addRows(arguments, true);
        code.return_();
    }

    private void addRows(ArgumentsCode arguments, boolean masked) {
        var states = code.parameterSlot(1);
        fromFirst(next -> {
            if (masked) {
                arguments.jumpIfNull(next);
            }
            find(states, () -> keep(states));
            code.aload(group);
            arguments.push(masked);
            code.invokevirtual(type.owner(), AggregateClass.ADD, type.add().type());
        });
    }

    void merge() {
        var sources = code.parameterSlot(0);
        var targets = code.parameterSlot(1);
        code.lload(code.parameterSlot(2)).lstore(end);
        var source = code.allocateLocal(TypeKind.REFERENCE);
        fromFirst(next -> {
            handles.state().call(code, sources, row).lstore(number);
            code.lload(number).lconst_0().lcmp().ifeq(next);
            findKept();
            code.aload(group).astore(source);
            find(targets, () -> keep(targets));
            code.aload(group)
                    .aload(source)
                    .invokevirtual(type.owner(), AggregateClass.MERGE, MethodTypeDesc.of(CD_void, type.owner()));
        });
        code.return_();
    }

    void finish() {
        var method = type.result();
        var result =
                ResultCode.of(code, method.type().returnType(), handles.writer(), handles, code.parameterSlot(1), row);
        result.open();
        code.lload(code.parameterSlot(2)).lstore(row);
        code.lload(code.parameterSlot(3)).lstore(end);
        new RowLoop(code, row, end).write(_ -> {
            find(code.parameterSlot(0), () -> {});
            code.aload(group).invokevirtual(type.owner(), AggregateClass.RESULT, method.type());
            result.write();
        });
        code.return_();
    }

    private void fromFirst(Consumer<Label> body) {
        code.lconst_0().lstore(row);
        new RowLoop(code, row, end).write(body);
    }

    /**
     * {@code group} becomes the object of the row's state.
     *
     * @param ifMade what is done with an object where the state had none
     */
    private void find(int states, Runnable ifMade) {
        var missing = code.newLabel();
        var found = code.newLabel();
        handles.state().call(code, states, row).lstore(number);
        code.lload(number).lconst_0().lcmp().ifeq(missing);
        findKept();
        code.goto_(found);
        code.labelBinding(missing);
        code.new_(type.owner()).dup().invokespecial(type.owner(), ConstantDescs.INIT_NAME, NEW);
        code.astore(group);
        ifMade.run();
        code.labelBinding(found);
    }

    private void findKept() {
        handles.findGroup().load(code);
        code.aload(groups).lload(number);
        handles.findGroup().call(code);
        code.checkcast(type.owner()).astore(group);
    }

    private void keep(int states) {
        handles.setState().load(code);
        code.lload(states).lload(row);
        handles.addGroup().load(code);
        code.aload(groups).aload(group);
        handles.addGroup().call(code);
        handles.setState().call(code);
    }
}
