package dev.sluice.catalog;

import static java.util.stream.Collectors.toCollection;
import static java.util.stream.Collectors.toSet;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sluice.catalog.LoadedFile.Outcome;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.io.FileIO;

/**
 * The files that a table has taken in, remembered with the table: what is branched, merged or reverted with its rows
 * and survives the expiry of the snapshots that brought them.
 *
 * <p>Each load writes one small file under the table's metadata folder, JSON lines in gzip, and the table has one
 * property for it: {@code sluice.loads.<id>} is the number of files that it lists. A load takes over the lists that are
 * no longer than its own, so that a table has at most as many as the logarithm of all files it has seen, and an entry
 * is rewritten as seldom. Two branches that both load have the union of both sides' properties when they are merged.
 */
final class LoadLog {
    static final String PREFIX = "sluice.loads.";

    /** The newest files of a table that are remembered. */
    private static final int MAX_FILES = 1_000_000;

    private static final ObjectMapper JSON = new ObjectMapper();

    private final FileIO io;

    LoadLog(FileIO io) {
        this.io = io;
    }

    private record Part(String property, String location, int files) {}

    /** Where the table's lists are. */
    static List<String> locations(TableMetadata table) {
        return parts(table).stream().map(Part::location).toList();
    }

    /** The same of a metadata file, which is read up to its snapshots where these come after the properties. */
    static List<String> locations(FileIO io, String metadata) {
        var head = TableHead.read(io, metadata);
        return head.properties().stream()
                .filter(property -> property.startsWith(PREFIX))
                .map(property -> location(head.location(), property.substring(PREFIX.length())))
                .toList();
    }

    private static List<Part> parts(TableMetadata table) {
        return table.properties().entrySet().stream()
                .filter(property -> property.getKey().startsWith(PREFIX))
                .map(property -> new Part(
                        property.getKey(),
                        location(table.location(), property.getKey().substring(PREFIX.length())),
                        Integer.parseInt(property.getValue())))
                .sorted(Comparator.comparingInt(Part::files).thenComparing(Part::property))
                .toList();
    }

    private static String location(String table, String id) {
        return table + "/metadata/loads-" + id + ".jsonl.gz";
    }

    /** All files that the table remembers, the oldest first. */
    List<LoadedFile> files(TableMetadata table) {
        return parts(table).stream()
                .flatMap(part -> read(part).stream())
                .sorted(Comparator.comparing(LoadedFile::loaded)
                        .thenComparing(file -> file.key().name()))
                .toList();
    }

    /** Those of the files whose rows the table has. */
    List<LoadedFile.Key> known(TableMetadata table, Loads loads) {
        var wanted = loads.files().stream().map(LoadedFile::key).collect(toSet());
        return wanted.isEmpty()
                ? List.of()
                : known(table).stream().filter(wanted::contains).toList();
    }

    private Set<LoadedFile.Key> known(TableMetadata table) {
        return files(table).stream()
                .filter(file -> file.outcome() != Outcome.SKIPPED)
                .map(LoadedFile::key)
                .collect(toCollection(HashSet::new));
    }

    /** The first of the files that two sides have taken in since they parted, where there is one. */
    Optional<LoadedFile.Key> onBoth(TableMetadata base, TableMetadata one, TableMetadata other) {
        if (parts(one).equals(parts(base)) || parts(other).equals(parts(base))) {
            return Optional.empty();
        }
        var both = known(one);
        both.retainAll(known(other));
        both.removeAll(known(base));
        return both.stream().min(Comparator.comparing(LoadedFile.Key::name));
    }

    /** Adds to what the staged table remembers. */
    void add(StagedTable staged, Loads loads) {
        if (loads.files().isEmpty()) {
            return;
        }
        var all = new ArrayList<>(loads.files());
        var properties = staged.table().updateProperties();
        for (var part : parts(staged.current())) {
            if (part.files() > all.size()) {
                break;
            }
            all.addAll(read(part));
            properties.remove(part.property());
        }
        var id = UUID.randomUUID().toString();
        var kept = newest(all);
        write(location(staged.current().location(), id), kept, staged.io());
        properties.set(PREFIX + id, Integer.toString(kept.size())).commit();
    }

    private static List<LoadedFile> newest(List<LoadedFile> files) {
        return files.stream()
                .sorted(Comparator.comparing(LoadedFile::loaded).reversed())
                .limit(MAX_FILES)
                .toList();
    }

    private static void write(String location, List<LoadedFile> files, FileIO io) {
        try (var out = new GZIPOutputStream(io.newOutputFile(location).create());
                var json = JSON.createGenerator(out)) {
            for (var file : files) {
                write(file, json);
                json.writeRaw('\n');
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void write(LoadedFile file, JsonGenerator json) throws IOException {
        json.writeStartObject();
        json.writeStringField("file", file.key().name());
        json.writeNumberField("bytes", file.key().bytes());
        json.writeStringField("version", file.key().version());
        json.writeStringField("loaded", file.loaded().toString());
        json.writeStringField("outcome", file.outcome().name());
        if (file.skippedRows() > 0) {
            json.writeNumberField("skipped", file.skippedRows());
        }
        if (file.firstError().isPresent()) {
            json.writeStringField("error", file.firstError().get());
        }
        json.writeEndObject();
    }

    private List<LoadedFile> read(Part part) {
        try (var in = new GZIPInputStream(io.newInputFile(part.location()).newStream());
                var lines = JSON.readerFor(JsonNode.class).<JsonNode>readValues(in)) {
            var files = new ArrayList<LoadedFile>();
            while (lines.hasNextValue()) {
                files.add(file(lines.nextValue()));
            }
            return files;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static LoadedFile file(JsonNode json) {
        return new LoadedFile(
                new LoadedFile.Key(
                        json.path("file").asText(),
                        json.path("bytes").asLong(),
                        json.path("version").asText()),
                Instant.parse(json.path("loaded").asText()),
                Outcome.valueOf(json.path("outcome").asText()),
                json.path("skipped").asLong(),
                Optional.of(json.path("error").asText()).filter(error -> !error.isEmpty()));
    }
}
