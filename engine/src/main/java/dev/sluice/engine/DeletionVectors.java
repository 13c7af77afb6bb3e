package dev.sluice.engine;

import dev.sluice.core.Code;
import dev.sluice.core.Failure;
import dev.sluice.core.FailureException;
import dev.sluice.core.RowDelete;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.NoSuchFileException;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.zip.CRC32;

/**
 * Reads deletion vectors as Iceberg's Puffin specification lays them out ({@code deletion-vector-v1}): the length of
 * what follows up to the checksum, four magic bytes, the bitmaps, and a CRC-32 of magic bytes and bitmaps. Length and
 * checksum are big-endian, the rest is little-endian.
 */
final class DeletionVectors {
    private static final int MAGIC = 0x64_39_D3_D1;
    private static final int FRAME = 3 * Integer.BYTES;

    private DeletionVectors() {}

    static DeletedRows read(RowDelete.Vector vector) {
        try {
            var rows = parse(blob(vector));
            if (rows.cardinality() != vector.cardinality()) {
                throw new IllegalArgumentException(
                        "it has " + rows.cardinality() + " rows, and its table expects " + vector.cardinality());
            }
            return rows;
        } catch (NoSuchFileException e) {
            var missing = new Failure.NotFound(
                    Code.FILE_NOT_FOUND, "Deletion vectors " + vector.path() + " do not exist", Optional.empty());
            throw new FailureException(missing, e);
        } catch (IOException | RuntimeException e) {
            var damaged = new Failure.Invalid(
                    Code.INVALID_VALUE,
                    "Deletion vector at " + vector.offset() + " of " + vector.path() + " cannot be read: "
                            + e.getMessage(),
                    Optional.empty());
            throw new FailureException(damaged, e);
        }
    }

    private static ByteBuffer blob(RowDelete.Vector vector) throws IOException {
        var blob = ByteBuffer.allocate(Math.toIntExact(vector.length()));
        try (var file = FileChannel.open(vector.path(), StandardOpenOption.READ)) {
            while (blob.hasRemaining()) {
                if (file.read(blob, vector.offset() + blob.position()) < 0) {
                    throw new IllegalArgumentException("the file ends before it");
                }
            }
        }
        return blob.flip();
    }

    private static DeletedRows parse(ByteBuffer blob) {
        if (blob.limit() < FRAME || blob.getInt(0) != blob.limit() - 2 * Integer.BYTES) {
            throw new IllegalArgumentException("its length is wrong");
        }
        var content = blob.slice(Integer.BYTES, blob.limit() - 2 * Integer.BYTES);
        var checksum = new CRC32();
        checksum.update(content.duplicate());
        if (blob.getInt(blob.limit() - Integer.BYTES) != (int) checksum.getValue()) {
            throw new IllegalArgumentException("its checksum is wrong");
        }
        content.order(ByteOrder.LITTLE_ENDIAN);
        if (content.getInt() != MAGIC) {
            throw new IllegalArgumentException("it does not begin as one");
        }
        return DeletedRows.read(content);
    }
}
