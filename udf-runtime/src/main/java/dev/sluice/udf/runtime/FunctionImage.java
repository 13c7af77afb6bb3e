package dev.sluice.udf.runtime;

import dev.sluice.core.FunctionKind;
import dev.sluice.udf.runtime.ShapeFinder.Misfit;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.constant.ClassDesc;
import java.lang.constant.MethodTypeDesc;
import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.Schema;

/**
 * A compiled and checked function in bytes, for another process of the same version: its classes and its declaration,
 * and nothing of its source.
 */
public final class FunctionImage {
    /** The server watches; the process has a heap of its own. */
    private static final CallWatch UNWATCHED = new CallWatch(Long.MAX_VALUE);

    private FunctionImage() {}

    public static byte[] write(UdfFunction function) {
        var bytes = new ByteArrayOutputStream();
        try (var out = new DataOutputStream(bytes)) {
            var source = function.source();
            if (!(function.handler() instanceof ScalarMethod handler)) {
                throw new IllegalArgumentException("Only functions of single rows run elsewhere");
            }
            out.writeUTF(function.digest());
            out.writeUTF(source.name());
            write(out, new Schema(source.parameters()).serializeAsMessage());
            write(out, new Schema(List.of(source.result())).serializeAsMessage());
            out.writeBoolean(source.calledOnNull());
            out.writeUTF(handler.owner().descriptorString());
            out.writeUTF(handler.method().name());
            out.writeUTF(handler.method().type().descriptorString());
            var classes = function.loader().classes();
            out.writeInt(classes.size());
            for (var entry : classes.entrySet()) {
                out.writeUTF(entry.getKey());
                write(out, entry.getValue());
            }
        } catch (IOException e) {
            throw new UncheckedIOException("Memory can be written to", e);
        }
        return bytes.toByteArray();
    }

    /** The function, loaded here; none of its code has run yet. */
    public static UdfFunction read(byte[] image) {
        try (var in = new DataInputStream(new ByteArrayInputStream(image))) {
            var digest = in.readUTF();
            var name = in.readUTF();
            var parameters = fields(in);
            var result = fields(in).getFirst();
            var source = new UdfSource(
                    name,
                    FunctionKind.SCALAR,
                    parameters,
                    result,
                    Optional.empty(),
                    false,
                    in.readBoolean(),
                    List.of(),
                    "");
            var owner = ClassDesc.ofDescriptor(in.readUTF());
            var method = in.readUTF();
            var type = MethodTypeDesc.ofDescriptor(in.readUTF());
            var classes = new LinkedHashMap<String, byte[]>();
            for (var left = in.readInt(); left > 0; left--) {
                classes.put(in.readUTF(), in.readNBytes(in.readInt()));
            }
            var handler = handler(source, new CompiledSource("", classes, Map.of()), owner, method, type);
            return new UdfFunction(
                    digest, source, handler, new CodeLoader(name, classes, Optional.empty()), UNWATCHED, () -> {});
        } catch (IOException e) {
            throw new UncheckedIOException("The function's image is broken", e);
        }
    }

    private static ScalarMethod handler(
            UdfSource source, CompiledSource compiled, ClassDesc owner, String name, MethodTypeDesc type) {
        var declared = new Declaration(source, new RecordTypes(compiled.classes()));
        var method = Handlers.staticMethods(compiled).stream()
                .filter(each -> each.owner().equals(owner)
                        && each.name().equals(name)
                        && each.type().equals(type))
                .findFirst()
                .orElseThrow();
        try {
            return declared.scalar(method);
        } catch (Misfit misfit) {
            throw new IllegalArgumentException("It was called as declared where it was written", misfit);
        }
    }

    private static void write(DataOutputStream out, byte[] bytes) throws IOException {
        out.writeInt(bytes.length);
        out.write(bytes);
    }

    private static List<Field> fields(DataInputStream in) throws IOException {
        return Schema.deserializeMessage(ByteBuffer.wrap(in.readNBytes(in.readInt())))
                .getFields();
    }
}
