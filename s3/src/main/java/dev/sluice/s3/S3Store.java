package dev.sluice.s3;

import com.google.errorprone.annotations.MustBeClosed;
import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.sluice.core.FailureException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.GetObjectRequest;
import software.amazon.awssdk.services.s3.model.HeadObjectRequest;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Request;
import software.amazon.awssdk.services.s3.model.S3Exception;

/**
 * The objects that may be reached with one set of keys. Nothing is asked of the server before the first call, each of
 * which blocks. Thread-safe. Failures name the object.
 */
public final class S3Store implements AutoCloseable {
    private final S3Config config;
    private final S3Failures failures;
    private final S3Connections connections = new S3Connections();
    private final ReentrantLock lock = new ReentrantLock();

    @GuardedBy("lock")
    private @Nullable S3Client client;

    private S3Store(S3Config config) {
        this.config = config;
        this.failures = new S3Failures(config);
    }

    @MustBeClosed
    public static S3Store open(S3Config config) {
        return new S3Store(config);
    }

    /** The object of exactly this key. */
    public Optional<S3Object> find(S3Uri uri) {
        return calling(uri, () -> {
            try {
                var head = client().headObject(HeadObjectRequest.builder()
                        .bucket(uri.bucket())
                        .key(uri.key())
                        .build());
                return Optional.of(new S3Object(uri, head.contentLength(), etag(head.eTag()), head.lastModified()));
            } catch (S3Exception e) {
                if (e.statusCode() == 404) {
                    return Optional.empty();
                }
                throw e;
            }
        });
    }

    /** The first objects whose keys begin as this one does, in the order of their keys; fails without the bucket. */
    public List<S3Object> list(S3Uri prefix, int limit) {
        return calling(prefix, () -> {
            var found = new ArrayList<S3Object>();
            var pages = client().listObjectsV2Paginator(ListObjectsV2Request.builder()
                    .bucket(prefix.bucket())
                    .prefix(prefix.key())
                    .build());
            for (var object : pages.contents()) {
                if (found.size() == limit) {
                    break;
                }
                found.add(new S3Object(
                        new S3Uri(prefix.bucket(), object.key()),
                        object.size(),
                        etag(object.eTag()),
                        object.lastModified()));
            }
            return found;
        });
    }

    /**
     * A part of an object, and the file that has it at the same place.
     *
     * @param etag of the content that is wanted; empty for whatever is there
     * @param bytes more than none
     */
    public record Part(S3Uri uri, String etag, long offset, long bytes, FileChannel target) {}

    /**
     * Copies parts, several at once; fails with {@code CONFLICT} where an object is not any more what it was. None is
     * under way when this ends.
     *
     * @param check is called before each part, by any thread; fails to end all
     */
    public void read(List<Part> parts, Runnable check) {
        connections.all(parts.stream()
                .<Runnable>map(part -> () -> {
                    check.run();
                    read(part);
                })
                .toList());
    }

    /** What the server knows of objects, in no order; {@code FILE_NOT_FOUND} where one is not there. */
    public List<S3Object> load(List<S3Uri> uris, Runnable check) {
        var found = new ConcurrentLinkedQueue<S3Object>();
        connections.all(uris.stream()
                .<Runnable>map(uri -> () -> {
                    check.run();
                    found.add(find(uri)
                            .orElseThrow(() -> S3Failures.missing("", uri).exception()));
                })
                .toList());
        return List.copyOf(found);
    }

    /** A file, and the object that it shall be. */
    public record Upload(Path file, S3Uri uri) {}

    /** Makes objects of files; where this fails, some of them may have been made. */
    public void write(List<Upload> uploads) {
        if (!uploads.isEmpty()) {
            calling(uploads.getFirst().uri(), () -> {
                new S3Uploads(client(), connections).run(uploads);
                return uploads;
            });
        }
    }

    /** Makes an object of bytes. */
    public void write(S3Uri uri, byte[] content) {
        calling(
                uri,
                () -> client().putObject(
                                request -> request.bucket(uri.bucket()).key(uri.key()),
                                RequestBody.fromBytes(content)));
    }

    /** The content of an object. */
    public byte[] read(S3Uri uri) {
        return calling(
                uri,
                () -> client().getObjectAsBytes(
                                request -> request.bucket(uri.bucket()).key(uri.key()))
                        .asByteArrayUnsafe());
    }

    /** Deletes an object, if it is there. */
    public void delete(S3Uri uri) {
        calling(
                uri,
                () -> client().deleteObject(
                                request -> request.bucket(uri.bucket()).key(uri.key())));
    }

    private void read(Part part) {
        var request = GetObjectRequest.builder()
                .bucket(part.uri().bucket())
                .key(part.uri().key())
                .range("bytes=" + part.offset() + "-" + (part.offset() + part.bytes() - 1));
        if (!part.etag().isEmpty()) {
            request.ifMatch(part.etag());
        }
        calling(
                part.uri(),
                () -> client().getObject(request.build(), (_, content) -> {
                    S3Copy.of(content, part);
                    return part;
                }));
    }

    private <T> T calling(S3Uri uri, Supplier<T> call) {
        try {
            return call.get();
        } catch (SdkException e) {
            // the SDK wraps what a reader of its answers throws
            throw e.getCause() instanceof FailureException ours ? ours : failures.of(e, uri);
        }
    }

    private static String etag(@Nullable String told) {
        return Optional.ofNullable(told).orElse("");
    }

    @SuppressWarnings("MustBeClosedChecker") // close() does
    private S3Client client() {
        lock.lock();
        try {
            var present = client;
            if (present == null) {
                present = S3Clients.open(config);
                client = present;
            }
            return present;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() {
        lock.lock();
        try {
            if (client != null) {
                client.close();
            }
        } finally {
            lock.unlock();
        }
    }
}
