package dev.sluice.catalog;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import dev.sluice.core.Code;
import dev.sluice.core.Failure;
import dev.sluice.core.FailureException;
import dev.sluice.core.QualifiedName;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.projectnessie.model.Content;
import org.projectnessie.model.ContentKey;

/** What each commit holds, by name in any case. Commits never change, so neither do the answers. Thread-safe. */
final class Names {
    private static final int LISTED_NAMES = 100_000;
    private static final int CONTENTS = 20_000;

    private final Repository repository;
    private final LoadingCache<String, Listing> listings = Caffeine.newBuilder()
            .maximumWeight(LISTED_NAMES)
            .weigher((String _, Listing listing) -> 1 + listing.entries().size())
            .build(this::list);
    private final Cache<At, Content> contents =
            Caffeine.newBuilder().maximumSize(CONTENTS).build();

    Names(Repository repository) {
        this.repository = repository;
    }

    private record At(String commit, ContentKey key) {}

    /** One entry of a schema. */
    record Entry(QualifiedName name, ContentKey key, Content.Type type) {
        /** What it is, in the words of messages. */
        String kind() {
            return isView() ? "View" : isFunction() ? "Function" : "Table";
        }

        private Code taken() {
            return isView() ? Code.VIEW_EXISTS : isFunction() ? Code.FUNCTION_EXISTS : Code.TABLE_EXISTS;
        }

        private boolean isView() {
            return type.equals(Content.Type.ICEBERG_VIEW);
        }

        private boolean isFunction() {
            return type.equals(Content.Type.UDF);
        }
    }

    /** All names at one commit; the maps' keys are folded. */
    record Listing(Map<String, String> schemas, Map<QualifiedName, Entry> entries) {
        Optional<String> findSchema(String name) {
            return Optional.ofNullable(schemas.get(fold(name)));
        }

        /** The schema in the case in which it was created. */
        String loadSchema(String name) {
            return findSchema(name).orElseThrow(() -> CatalogFailures.schemaNotFound(name));
        }

        Optional<Entry> find(QualifiedName name) {
            return Optional.ofNullable(entries.get(name.folded()));
        }

        /** The key that a new table or function gets, in its schema's own case; fails where the name is taken. */
        ContentKey freeKey(QualifiedName name) {
            var schema = loadSchema(name.schema());
            find(name).ifPresent(entry -> {
                throw CatalogFailures.exists(entry.taken(), entry.kind() + " '" + entry.name() + "' exists already");
            });
            return key(schema, name.name());
        }

        /** The name of a new table, in its schema's own case; fails where it is taken. */
        QualifiedName freeName(QualifiedName name) {
            return new QualifiedName(freeKey(name).getElements().getFirst(), name.name());
        }

        /** Names that the other listing has too, but in another case. */
        List<QualifiedName> twins(Listing other) {
            return entries.values().stream()
                    .filter(entry -> other.find(entry.name())
                            .filter(each -> !each.key().equals(entry.key()))
                            .isPresent())
                    .map(Entry::name)
                    .toList();
        }

        List<Entry> ofType(Content.Type type) {
            return entries.values().stream()
                    .filter(entry -> entry.type().equals(type))
                    .sorted(Comparator.comparing((Entry entry) -> entry.name().schema())
                            .thenComparing(entry -> entry.name().name()))
                    .toList();
        }
    }

    /** A key that Nessie can keep. */
    static ContentKey key(String... elements) {
        try {
            return ContentKey.of(elements);
        } catch (IllegalArgumentException e) {
            throw new FailureException(
                    new Failure.Invalid(
                            Code.INVALID_VALUE,
                            "Name '" + String.join(".", elements) + "' cannot be stored: " + e.getMessage(),
                            Optional.empty()),
                    e);
        }
    }

    static String fold(String name) {
        return name.toLowerCase(Locale.ROOT);
    }

    Listing at(Commit commit) {
        return listings.get(commit.hash());
    }

    private Listing list(String hash) {
        var schemas = new HashMap<String, String>();
        var entries = new HashMap<QualifiedName, Entry>();
        repository.keys(hash).forEach((key, type) -> {
            var elements = key.getElements();
            if (elements.size() == 1 && type.equals(Content.Type.NAMESPACE)) {
                schemas.put(fold(elements.getFirst()), elements.getFirst());
            } else if (elements.size() == 2) {
                var name = new QualifiedName(elements.getFirst(), elements.getLast());
                entries.put(name.folded(), new Entry(name, key, type));
            }
        });
        return new Listing(Map.copyOf(schemas), Map.copyOf(entries));
    }

    /** What an entry of the commit's listing stands for. */
    Content content(Commit commit, Entry entry) {
        return contents.get(
                new At(commit.hash(), entry.key()),
                at -> repository.content(at.commit(), at.key()).orElseThrow());
    }

    /** What the key stands for at the commit, if it is there. */
    Optional<Content> find(Commit commit, ContentKey key) {
        return at(commit).entries().values().stream()
                .filter(entry -> entry.key().equals(key))
                .findFirst()
                .map(entry -> content(commit, entry));
    }
}
