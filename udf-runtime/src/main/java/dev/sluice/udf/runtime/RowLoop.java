package dev.sluice.udf.runtime;

import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Label;
import java.util.function.Consumer;

/** The instructions of {@code for (; row < end; row++) { … }} over two locals. */
record RowLoop(CodeBuilder code, int row, int end) {
    /** @param body takes the label to jump to for the next row */
    void write(Consumer<Label> body) {
        var next = code.newLabel();
        var done = code.newLabel();
        var top = code.newBoundLabel();
        code.lload(row).lload(end).lcmp().ifge(done);
        body.accept(next);
        code.labelBinding(next);
        code.lload(row).lconst_1().ladd().lstore(row).goto_(top);
        code.labelBinding(done);
    }
}
