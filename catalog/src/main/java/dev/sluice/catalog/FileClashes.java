package dev.sluice.catalog;

import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.iceberg.ContentFile;
import org.apache.iceberg.DeleteFile;
import org.apache.iceberg.FileContent;
import org.apache.iceberg.util.ContentFileUtil;

/**
 * Why changes of files, made from one state on two branches, cannot both be had. What one side appended never clashes
 * with what the other appended or removed. Files are told apart by their locations, and a delete file whose data file
 * is not known is taken to concern all files of its partition.
 */
final class FileClashes {
    private final FileChanges source;
    private final FileChanges target;

    private FileClashes(FileChanges source, FileChanges target) {
        this.source = source;
        this.target = target;
    }

    /** @param source is to be done after {@code target} */
    static Optional<String> find(FileChanges source, FileChanges target) {
        if (source.isAppend() || target.isEmpty()) {
            return Optional.empty();
        }
        return new FileClashes(source, target).find();
    }

    private Optional<String> find() {
        return sameFile(source.removed(), target.removed())
                .map(file -> "both have rewritten or removed data file " + file)
                .or(() -> deletedFrom(target.addedDeletes(), source.removed()))
                .or(() -> deletedFrom(source.addedDeletes(), target.removed()))
                .or(() -> sameRows())
                .or(() -> sameFile(source.removedDeletes(), target.removedDeletes())
                        .map(file -> "both have replaced delete file " + file))
                .or(this::equality);
    }

    private static Optional<String> sameFile(
            Collection<? extends ContentFile<?>> ours, Collection<? extends ContentFile<?>> theirs) {
        var known = theirs.stream().map(FileClashes::identity).collect(Collectors.toSet());
        return ours.stream().map(FileClashes::identity).filter(known::contains).findFirst();
    }

    /** Several deletion vectors share a file. */
    private static String identity(ContentFile<?> file) {
        return file instanceof DeleteFile delete && delete.contentOffset() != null
                ? file.location() + " at " + delete.contentOffset()
                : file.location();
    }

    /** Rows of a data file that is not there any more cannot be deleted. */
    private static Optional<String> deletedFrom(List<DeleteFile> deletes, List<? extends ContentFile<?>> removed) {
        if (deletes.isEmpty() || removed.isEmpty()) {
            return Optional.empty();
        }
        var locations = removed.stream().map(ContentFile::location).collect(Collectors.toSet());
        return deletes.stream()
                .filter(delete -> {
                    var dataFile = ContentFileUtil.referencedDataFileLocation(delete);
                    return dataFile == null
                            ? removed.stream().anyMatch(file -> isSamePartition(delete, file))
                            : locations.contains(dataFile);
                })
                .findFirst()
                .map(delete -> "one has deleted rows of a data file that the other has rewritten or removed ("
                        + delete.location() + ")");
    }

    private Optional<String> sameRows() {
        var theirs = new HashSet<String>();
        for (var delete : target.addedDeletes()) {
            var dataFile = ContentFileUtil.referencedDataFileLocation(delete);
            if (dataFile != null) {
                theirs.add(dataFile);
            }
        }
        return source.addedDeletes().stream()
                .filter(delete -> isOfSameRows(delete, theirs))
                .findFirst()
                .map(delete -> "both have deleted rows of one data file (" + delete.location() + ")");
    }

    private boolean isOfSameRows(DeleteFile delete, Set<String> theirs) {
        var dataFile = ContentFileUtil.referencedDataFileLocation(delete);
        return dataFile == null
                ? target.addedDeletes().stream().anyMatch(other -> isSamePartition(delete, other))
                : theirs.contains(dataFile)
                        || target.addedDeletes().stream()
                                .anyMatch(other -> ContentFileUtil.referencedDataFileLocation(other) == null
                                        && isSamePartition(delete, other));
    }

    /** An equality delete concerns rows that were there before it, and after a replay that is more of them. */
    private Optional<String> equality() {
        var ours = source.addedDeletes().stream().anyMatch(FileClashes::isEquality);
        var theirs = target.addedDeletes().stream().anyMatch(FileClashes::isEquality);
        return ours || theirs
                ? Optional.of("one has equality deletes, whose rows the other may have changed")
                : Optional.empty();
    }

    private static boolean isEquality(DeleteFile delete) {
        return delete.content() == FileContent.EQUALITY_DELETES;
    }

    private static boolean isSamePartition(ContentFile<?> one, ContentFile<?> other) {
        return one.specId() != other.specId() || one.partition().equals(other.partition());
    }
}
