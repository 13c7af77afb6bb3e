package dev.sluice.udf.runtime;

import dev.sluice.udf.runtime.KernelHandles.Writer;
import java.lang.classfile.CodeBuilder;
import java.lang.constant.ClassDesc;

/** The instructions that write values of one Java type into a vector, null among them. */
sealed interface ResultCode permits FlatResultCode, NestedResultCode {
    /** Finds where the vector's values lie. */
    void open();

    /** Stands for {@link #open} where nothing will be written: to the verifier, the locals are set. */
    void skip();

    /** Writes the value on the stack. */
    void write();

    /** Writes a null. */
    void writeNull();

    /**
     * That of a writer.
     *
     * @param type of the values
     * @param vector the local that holds the vector
     * @param row the local that holds the row to write to
     */
    static ResultCode of(CodeBuilder code, ClassDesc type, Writer writer, KernelHandles handles, int vector, int row) {
        return switch (writer) {
            case Writer.Flat flat -> new FlatResultCode(code, type, flat.write(), handles, vector, row);
            case Writer.Nested nested -> new NestedResultCode(code, nested, vector, row);
        };
    }
}
