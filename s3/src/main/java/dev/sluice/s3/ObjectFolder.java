package dev.sluice.s3;

import dev.sluice.core.Failure;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A folder of the server's disk in which each object of S3 has a place: {@code <folder>/<bucket>/<key>}. A key with an
 * empty part, {@code .} or {@code ..} between its slashes has none.
 *
 * @param root absolute, without {@code .} and {@code ..}
 */
public record ObjectFolder(Path root) {
    /** Where an object lies, when it is on the disk; {@code UNSUPPORTED} where it has no place. */
    public Path path(S3Uri uri) {
        var path = root.resolve(uri.bucket()).resolve(uri.key());
        if (!uri(path).filter(uri::equals).isPresent()) {
            throw Failure.unsupported(
                            "Object '" + uri + "' has no place on the disk: a part of its key is empty or dots")
                    .exception();
        }
        return path;
    }

    /** The object whose place this is; empty for what is not in the folder. */
    public Optional<S3Uri> uri(Path path) {
        if (!path.startsWith(root) || !path.equals(path.normalize())) {
            return Optional.empty();
        }
        var names = root.relativize(path);
        return names.toString().isEmpty()
                ? Optional.empty()
                : Optional.of(new S3Uri(
                        names.getName(0).toString(),
                        names.getNameCount() == 1
                                ? ""
                                : names.subpath(1, names.getNameCount()).toString()));
    }
}
