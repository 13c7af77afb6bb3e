package dev.sluice.s3;

import dev.sluice.core.Code;
import dev.sluice.core.Failure;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import software.amazon.awssdk.core.exception.RetryableException;

/** The way of a part of an object into a file. What fails at the server's side is tried again by the SDK. */
final class S3Copy {
    private static final int BUFFER = 1 << 16;

    private S3Copy() {}

    static void of(InputStream content, S3Store.Part part) {
        var buffer = new byte[BUFFER];
        for (var copied = 0L; copied < part.bytes(); ) {
            var read = received(content, buffer, (int) Math.min(buffer.length, part.bytes() - copied));
            if (read < 0) {
                throw RetryableException.create("the answer ended after " + copied + " of " + part.bytes() + " bytes");
            }
            write(ByteBuffer.wrap(buffer, 0, read), part.target(), part.offset() + copied);
            copied += read;
        }
    }

    private static int received(InputStream content, byte[] buffer, int max) {
        try {
            return content.read(buffer, 0, max);
        } catch (IOException e) {
            throw RetryableException.create("the connection broke: " + e.getMessage(), e);
        }
    }

    private static void write(ByteBuffer bytes, FileChannel target, long offset) {
        try {
            var end = offset + bytes.remaining();
            while (bytes.hasRemaining()) {
                var _ = target.write(bytes, end - bytes.remaining());
            }
        } catch (IOException e) {
            throw new Failure.Exhausted(
                            Code.OUT_OF_DISK,
                            "What comes from S3 cannot be written to the server's disk: " + e.getMessage())
                    .exception();
        }
    }
}
