package dev.sluice.catalog;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import dev.sluice.core.Code;
import dev.sluice.core.QualifiedName;
import dev.sluice.core.Ref;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.projectnessie.model.Content;
import org.projectnessie.model.Operation;
import org.projectnessie.model.UDF;

/** Functions: an entry of the catalog that names an immutable document in the warehouse. Thread-safe. */
final class Functions {
    static final String FOLDER = ".functions";

    private static final int CACHED = 1_000;

    private final History history;
    private final Names names;
    private final WarehouseIO io;
    private final Path folder;
    private final LoadingCache<String, String> documents =
            Caffeine.newBuilder().maximumSize(CACHED).build(this::read);

    Functions(History history, Names names, WarehouseIO io, Path warehouse) {
        this.history = history;
        this.names = names;
        this.io = io;
        this.folder = warehouse.resolve(FOLDER);
    }

    List<FunctionVersion> all(Commit commit) {
        return names.at(commit).ofType(Content.Type.UDF).stream()
                .map(entry -> version(entry, commit))
                .toList();
    }

    Optional<FunctionVersion> find(QualifiedName name, Commit commit) {
        return entry(name, commit).map(entry -> version(entry, commit));
    }

    private Optional<Names.Entry> entry(QualifiedName name, Commit commit) {
        return names.at(commit).find(name).filter(entry -> entry.type().equals(Content.Type.UDF));
    }

    private FunctionVersion version(Names.Entry entry, Commit commit) {
        var location = ((UDF) names.content(commit, entry)).getMetadataLocation();
        if (location == null) {
            throw CatalogFailures.notFound(
                    Code.FUNCTION_NOT_FOUND, "Function '" + entry.name() + "' has no definition that can be read here");
        }
        return new FunctionVersion(
                entry.name(),
                CatalogFailures.translated("Reading function '" + entry.name() + "'", () -> documents.get(location)));
    }

    private String read(String location) {
        try (var document = io.newInputFile(location).newStream()) {
            return new String(document.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    CommitOutcome put(Ref.Branch branch, FunctionVersion function, CommitNote note) {
        var head = history.resolve(branch);
        var existing = entry(function.name(), head);
        var key = existing.map(Names.Entry::key).orElseGet(() -> names.at(head).freeKey(function.name()));
        var version = UUID.randomUUID().toString();
        var location = io.location(folder.resolve(version + ".json"));
        CatalogFailures.translated("Writing function '" + function.name() + "'", () -> write(location, function));
        var content = UDF.udf(location, version, version);
        var kept = existing.map(
                        entry -> content.withId(names.content(head, entry).getId()))
                .orElse(content);
        var outcome = history.commit(branch, head, List.of(Operation.Put.of(key, kept)), note);
        if (outcome instanceof CommitOutcome.Conflicted) {
            io.deleteFile(location);
        }
        return outcome;
    }

    private String write(String location, FunctionVersion function) {
        try (var document = io.newOutputFile(location).create()) {
            document.write(function.document().getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return location;
    }

    CommitOutcome drop(Ref.Branch branch, QualifiedName name, CommitNote note) {
        var head = history.resolve(branch);
        var key = entry(name, head)
                .map(Names.Entry::key)
                .orElseThrow(() ->
                        CatalogFailures.notFound(Code.FUNCTION_NOT_FOUND, "Function '" + name + "' does not exist"));
        return history.commit(branch, head, List.of(Operation.Delete.of(key)), note);
    }
}
