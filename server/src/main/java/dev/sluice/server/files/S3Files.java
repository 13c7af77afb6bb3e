package dev.sluice.server.files;

import com.google.errorprone.annotations.MustBeClosed;
import dev.sluice.core.Code;
import dev.sluice.core.Failure;
import dev.sluice.s3.S3Object;
import dev.sluice.s3.S3Store;
import dev.sluice.s3.S3Uri;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Objects of S3, below the folders that may be read; copied to the server's disk while they are. */
final class S3Files implements FilePlace {
    private final FileConfig config;
    private final S3Store store;

    S3Files(FileConfig config, S3Store store) {
        this.config = config;
        this.store = store;
    }

    @Override
    public List<FoundFile> find(String source) {
        var uri = S3Uri.of(source);
        requireAllowed(uri);
        var found = Glob.isIn(uri.bucket()) || Glob.isIn(uri.key()) ? matching(uri) : named(uri);
        if (found.isEmpty()) {
            throw new Failure.NotFound(Code.FILE_NOT_FOUND, "No object matches '" + uri + "'", Optional.empty())
                    .exception();
        }
        return found;
    }

    private List<FoundFile> matching(S3Uri pattern) {
        if (Glob.isIn(pattern.bucket())) {
            throw new Failure.Invalid(
                            Code.INVALID_VALUE,
                            "'" + pattern + "' has a wildcard in its bucket: name one bucket",
                            Optional.empty())
                    .exception();
        }
        var glob = Glob.of(pattern.key());
        return found(
                list(new S3Uri(pattern.bucket(), glob.base()), pattern)
                        .filter(object -> glob.matches(object.uri().key())),
                glob.base());
    }

    /** One object, or all below a folder of that name. */
    private List<FoundFile> named(S3Uri uri) {
        if (!uri.key().isEmpty() && !uri.key().endsWith("/")) {
            var one = store.find(uri);
            if (one.isPresent()) {
                return found(one.stream(), uri.key().substring(0, uri.key().lastIndexOf('/') + 1));
            }
        }
        var folder = uri.key().isEmpty() || uri.key().endsWith("/") ? uri.key() : uri.key() + "/";
        return found(
                list(new S3Uri(uri.bucket(), folder), uri)
                        .filter(object -> Stream.of(object.uri()
                                        .key()
                                        .substring(folder.length())
                                        .split("/"))
                                .noneMatch(FilePlace::isHidden)),
                folder);
    }

    private Stream<S3Object> list(S3Uri prefix, S3Uri source) {
        var objects = store.list(prefix, FilePlace.MAX_FILES + 1);
        FilePlace.requireFew(objects.size(), source.toString());
        // consoles mark a folder by an object of its name
        return objects.stream().filter(object -> !object.uri().key().endsWith("/"));
    }

    private static List<FoundFile> found(Stream<S3Object> objects, String base) {
        return objects.map(object -> new FoundFile(
                        object.uri().toString(),
                        object.uri().key().substring(base.length()),
                        object.bytes(),
                        object.etag()))
                .toList();
    }

    @Override
    public List<List<FoundFile>> portions(List<FoundFile> files) {
        var portions = new ArrayList<List<FoundFile>>();
        var portion = new ArrayList<FoundFile>();
        var bytes = 0L;
        for (var file : files) {
            if (!portion.isEmpty() && bytes + file.bytes() > config.copiedBytes()) {
                portions.add(List.copyOf(portion));
                portion.clear();
                bytes = 0;
            }
            portion.add(file);
            bytes += file.bytes();
        }
        portions.add(List.copyOf(portion));
        return portions;
    }

    @Override
    @MustBeClosed
    public Fetched fetch(List<FoundFile> files, Runnable check) {
        return CopiedFiles.of(files, store, config.temp(), check);
    }

    private void requireAllowed(S3Uri uri) {
        config.folders().ifPresent(folders -> {
            if (folders.buckets().stream().noneMatch(uri::isWithin)) {
                throw new Failure.Forbidden(
                                "COPY INTO may not read '" + uri + "': allowed are files below " + folders,
                                Optional.empty())
                        .exception();
            }
        });
    }
}
