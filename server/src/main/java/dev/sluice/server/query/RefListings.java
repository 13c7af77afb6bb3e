package dev.sluice.server.query;

import dev.sluice.catalog.Catalog;
import dev.sluice.catalog.Commit;
import dev.sluice.catalog.Difference;
import dev.sluice.catalog.RefInfo;
import dev.sluice.core.QualifiedName;
import dev.sluice.core.Ref;
import dev.sluice.planner.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.apache.arrow.vector.types.pojo.Schema;
import org.jspecify.annotations.Nullable;

/** Lists branches and tags, their commits, and how these differ. Thread-safe. */
final class RefListings {
    static final Schema TAGS = new Schema(
            List.of(Listing.text("name"), Listing.text("hash"), Listing.time("committed"), Listing.text("message")));
    static final Schema BRANCHES =
            new Schema(Stream.concat(TAGS.getFields().stream(), Stream.of(Listing.flag("protected")))
                    .toList());

    static final Schema LOG = new Schema(List.of(
            Listing.text("hash"),
            Listing.text("author"),
            Listing.time("committed"),
            Listing.text("message"),
            Listing.text("changed")));
    static final Schema DIFF = new Schema(List.of(
            Listing.text("name"),
            Listing.text("kind"),
            Listing.text("change"),
            Listing.number("rows_added"),
            Listing.number("rows_removed"),
            Listing.number("files_added"),
            Listing.number("files_removed")));

    static final Schema FORECAST = new Schema(
            Stream.concat(DIFF.getFields().stream(), Stream.of(Listing.text("conflict"), Listing.flag("merges")))
                    .toList());

    private final Catalog catalog;

    RefListings(Catalog catalog) {
        this.catalog = catalog;
    }

    /** The branches whose names pass. */
    List<List<@Nullable Object>> branches(Predicate<String> like) {
        return named(like)
                .filter(info -> info.ref() instanceof Ref.Branch)
                .map(info -> Listing.row(
                        info.ref().name(),
                        info.hash(),
                        info.committed().orElse(null),
                        info.message().orElse(null),
                        info.ref() instanceof Ref.Branch branch && catalog.isProtected(branch)))
                .toList();
    }

    /** The tags whose names pass. */
    List<List<@Nullable Object>> tags(Predicate<String> like) {
        return named(like)
                .filter(info -> info.ref() instanceof Ref.Tag)
                .map(info -> Listing.row(
                        info.ref().name(),
                        info.hash(),
                        info.committed().orElse(null),
                        info.message().orElse(null)))
                .toList();
    }

    private Stream<RefInfo> named(Predicate<String> like) {
        return catalog.refs().stream().filter(info -> like.test(info.ref().name()));
    }

    /** The newest commits of a ref. */
    List<List<@Nullable Object>> log(Statement.ShowLog show, Commit current) {
        var head = show.ref().map(catalog::resolve).orElse(current);
        return Branching.branches(catalog, "SHOW LOG").log(head, show.table(), show.limit()).stream()
                .map(commit -> Listing.row(
                        commit.hash(),
                        commit.author().orElse(null),
                        commit.committed().orElse(null),
                        commit.message(),
                        String.join(", ", commit.changed())))
                .toList();
    }

    /** What the second ref has otherwise than the first. */
    List<List<@Nullable Object>> diff(Statement.ShowDiff show) {
        var from = catalog.resolve(show.from());
        var to = catalog.resolve(show.to());
        var wanted = show.table().map(QualifiedName::folded);
        return Branching.branches(catalog, "SHOW DIFF")
                .diff(from, to, name -> wanted.isEmpty() || wanted.get().equals(name))
                .stream()
                .map(RefListings::row)
                .toList();
    }

    /** What a merge would bring, and what it would not. */
    List<List<@Nullable Object>> forecast(Statement.ForecastMerge merge) {
        var forecast =
                Branching.branches(catalog, "MERGE BRANCH").forecast(catalog.resolve(merge.from()), merge.into());
        return forecast.changes().stream()
                .map(foreseen -> {
                    var row = new ArrayList<@Nullable Object>(row(foreseen.change()));
                    row.add(foreseen.conflict().orElse(null));
                    row.add(forecast.succeeds());
                    return (List<@Nullable Object>) row;
                })
                .toList();
    }

    private static List<@Nullable Object> row(Difference difference) {
        var files = difference.files();
        return Listing.row(
                difference.name(),
                word(difference.kind()),
                word(difference.change()),
                files.map(Difference.Files::rowsAdded).map(RefListings::known).orElse(null),
                files.map(Difference.Files::rowsRemoved).map(RefListings::known).orElse(null),
                files.map(Difference.Files::added).orElse(null),
                files.map(Difference.Files::removed).orElse(null));
    }

    private static @Nullable Long known(OptionalLong rows) {
        return rows.isPresent() ? rows.getAsLong() : null;
    }

    private static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }
}
