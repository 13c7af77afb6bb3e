package dev.sluice.s3;

import java.io.FileInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentSkipListMap;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.CompletedPart;

/** Makes objects of files: small ones in one request each, greater ones part by part, all of them side by side. */
final class S3Uploads {
    /** Amazon takes parts from 5 MiB on, and 10,000 of them. */
    private static final long PART = 32L << 20;

    private static final long MAX_PARTS = 9_000;

    private final S3Client client;
    private final S3Connections connections;

    S3Uploads(S3Client client, S3Connections connections) {
        this.client = client;
        this.connections = connections;
    }

    /** The parts of a great file, of which some have arrived. */
    private record Parts(S3Uri uri, String id, ConcurrentSkipListMap<Integer, CompletedPart> arrived) {}

    void run(List<S3Store.Upload> uploads) {
        var begun = new ArrayList<Parts>();
        try {
            var transfers = new ArrayList<Runnable>();
            for (var upload : uploads) {
                var bytes = size(upload.file());
                if (bytes <= 2 * PART) {
                    transfers.add(() -> putWhole(upload));
                } else {
                    var parts = begin(upload.uri());
                    begun.add(parts);
                    var size = Math.max(PART, Math.ceilDiv(bytes, MAX_PARTS));
                    var number = 1;
                    for (var from = 0L; from < bytes; from += size) {
                        var slice = new Slice(upload.file(), from, Math.min(size, bytes - from));
                        var own = number++;
                        transfers.add(() -> putPart(parts, own, slice));
                    }
                }
            }
            connections.all(transfers);
            begun.forEach(this::complete);
        } catch (RuntimeException e) {
            begun.forEach(parts -> abort(parts, e));
            throw e;
        }
    }

    private static long size(Path file) {
        try {
            return Files.size(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void putWhole(S3Store.Upload upload) {
        client.putObject(
                request ->
                        request.bucket(upload.uri().bucket()).key(upload.uri().key()),
                RequestBody.fromFile(upload.file()));
    }

    private Parts begin(S3Uri uri) {
        var answer = client.createMultipartUpload(
                request -> request.bucket(uri.bucket()).key(uri.key()));
        return new Parts(uri, answer.uploadId(), new ConcurrentSkipListMap<>());
    }

    private void putPart(Parts parts, int number, Slice slice) {
        var answer = client.uploadPart(
                request -> request.bucket(parts.uri().bucket())
                        .key(parts.uri().key())
                        .uploadId(parts.id())
                        .partNumber(number),
                RequestBody.fromContentProvider(slice::open, slice.bytes(), "application/octet-stream"));
        parts.arrived()
                .put(
                        number,
                        CompletedPart.builder()
                                .partNumber(number)
                                .eTag(answer.eTag())
                                .build());
    }

    private void complete(Parts parts) {
        client.completeMultipartUpload(request -> request.bucket(parts.uri().bucket())
                .key(parts.uri().key())
                .uploadId(parts.id())
                .multipartUpload(all -> all.parts(parts.arrived().values())));
    }

    private void abort(Parts parts, RuntimeException cause) {
        try {
            client.abortMultipartUpload(request ->
                    request.bucket(parts.uri().bucket()).key(parts.uri().key()).uploadId(parts.id()));
        } catch (SdkException e) {
            cause.addSuppressed(e);
        }
    }

    /** A part of a file, which may be read more than once. */
    private record Slice(Path file, long from, long bytes) {
        InputStream open() {
            try {
                var whole = new FileInputStream(file.toFile());
                whole.getChannel().position(from);
                return new Bounded(whole, bytes);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /** The next bytes of a stream, and no more. */
    private static final class Bounded extends FilterInputStream {
        private long left;

        Bounded(InputStream stream, long bytes) {
            super(stream);
            this.left = bytes;
        }

        @Override
        public int read() throws IOException {
            var one = left > 0 ? super.read() : -1;
            left -= one < 0 ? 0 : 1;
            return one;
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            var count = left > 0 ? super.read(target, offset, (int) Math.min(length, left)) : -1;
            left -= Math.max(count, 0);
            return count;
        }

        @Override
        public boolean markSupported() {
            return false;
        }
    }
}
