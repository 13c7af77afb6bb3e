package dev.sluice.engine;

import static java.util.stream.Collectors.joining;

import dev.sluice.core.OnError;
import dev.sluice.core.QualifiedName;
import dev.sluice.engine.ImportColumns.Match;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;

/**
 * Some files as queries of DuckDB. Its readers are told the table's types wherever they take them, so that what a text
 * looks like does not change it on the way: {@code 007} stays that in a column of text.
 *
 * <p>Where rows may be left out, JSON and Parquet are read as they are and each value is cast by itself, while the
 * reader of CSV keeps a list of the lines that it rejected.
 */
final class ImportSql {
    /** The options that tell the reader of CSV about types, which then are the client's own. */
    private static final Set<String> TYPING = Set.of("types", "dtypes", "column_types", "columns", "all_varchar");

    /** The options that the reader of whole JSON objects has, too. */
    private static final Set<String> OF_OBJECTS = Set.of("compression", "maximum_object_size", "format");

    private static final String FILE = "__sluice_file";

    private final ImportFiles files;
    private final List<Path> group;
    private final String id;

    /** @param id names the lists of rejected lines, of which each reading has its own */
    ImportSql(ImportFiles files, List<Path> group, String id) {
        this.files = files;
        this.group = List.copyOf(group);
        this.id = id;
    }

    /** All columns of the files, with the types that they seem to have. */
    String all() {
        return "SELECT * FROM "
                + (isTolerant() ? reader(function(), Map.of("ignore_errors", "true")) : reader(function(), Map.of()));
    }

    private boolean isTolerant() {
        return files.onError() == OnError.CONTINUE && !files.format().equals("parquet");
    }

    /** The values of the table's columns, in order; of rows that can be read, where the others may be left out. */
    String rows(ImportColumns columns) {
        var sources = columns.matches().stream().map(this::value).collect(joining(", "));
        var rows = "SELECT " + sources + " FROM " + source(columns);
        return error(columns)
                .map(error -> rows + " WHERE " + error + " IS NULL")
                .orElse(rows);
    }

    /** For each file with rows that {@link #rows} leaves out: its path, their number, and an error; may be empty. */
    Optional<String> rejectedByValue(ImportColumns columns) {
        return error(columns)
                .map(error -> "SELECT " + FILE + ", count(*), min(error_) FROM (SELECT " + FILE + ", " + error
                        + " AS error_ FROM " + source(columns) + ") WHERE error_ IS NOT NULL GROUP BY ALL");
    }

    /** The same for the lines that the reader of CSV has rejected while it gave {@link #rows}. */
    Optional<String> rejectedByLine() {
        return files.onError() == OnError.CONTINUE && files.format().equals("csv")
                ? Optional.of("SELECT file_path, count(DISTINCT line),"
                        + " 'Line ' || min(line) || ': ' || arg_min(error_message, line)"
                        + " FROM rejects_" + id + " JOIN scans_" + id + " USING (scan_id, file_id) GROUP BY ALL")
                : Optional.empty();
    }

    private String source(ImportColumns columns) {
        if (files.onError() != OnError.CONTINUE) {
            return reader(function(), typed(columns));
        }
        return switch (files.format()) {
            case "csv" -> {
                var options = new TreeMap<>(typed(columns));
                options.put("ignore_errors", "true");
                options.put("store_rejects", "true");
                options.put("rejects_table", "'rejects_" + id + "'");
                options.put("rejects_scan", "'scans_" + id + "'");
                options.put("filename", "'" + FILE + "'");
                yield reader("read_csv", options);
            }
            case "json" ->
                reader("read_json_objects", Map.of("ignore_errors", "true", "filename", "'" + FILE + "'"), OF_OBJECTS);
            default -> reader("read_parquet", Map.of("filename", "'" + FILE + "'"));
        };
    }

    private String function() {
        return switch (files.format()) {
            case "parquet" -> "read_parquet";
            case "csv" -> "read_csv";
            case "json" -> "read_json";
            default -> throw new IllegalArgumentException("No reader for format " + files.format());
        };
    }

    /** @param more options that go before the client's own */
    private String reader(String function, Map<String, String> more) {
        return reader(function, more, files.options().keySet());
    }

    private String reader(String function, Map<String, String> more, Collection<String> known) {
        var options = new TreeMap<>(files.options());
        options.keySet().retainAll(known);
        options.putAll(more);
        var paths = group.stream()
                .map(path -> QualifiedName.literal(path.toString()))
                .collect(joining(", ", "[", "]"));
        var given = options.entrySet().stream()
                .map(option -> ", " + QualifiedName.quote(option.getKey()) + " = " + option.getValue())
                .collect(joining());
        return function + "(" + paths + given + ")";
    }

    /** What the reader is told of the columns' types; the parts of nested ones are found by the reader itself. */
    private Map<String, String> typed(ImportColumns columns) {
        var types = columns.matches().stream()
                .flatMap(match -> match.source().map(found -> type(match, found)).stream())
                .collect(joining(", ", "{", "}"));
        return switch (files.format()) {
            case "csv" ->
                files.options().keySet().stream().anyMatch(TYPING::contains) ? Map.of() : Map.of("types", types);
            case "json" -> files.options().containsKey("columns") ? Map.of() : Map.of("columns", types);
            default -> Map.of();
        };
    }

    private String type(Match match, Field found) {
        var isNested = match.column().getType().isComplex() || found.getType().isComplex();
        var type = DuckDbTypes.sql(isNested ? found : match.column());
        return QualifiedName.quote(found.getName()) + ": " + QualifiedName.literal(type);
    }

    private String value(Match match) {
        if (match.source().isEmpty()) {
            return "NULL";
        }
        var raw = raw(match.source().get(), match.column());
        return isCastHere(match) ? "TRY_CAST(" + raw + " AS " + DuckDbTypes.sql(match.column()) + ")" : raw;
    }

    private boolean isCastHere(Match match) {
        return files.onError() == OnError.CONTINUE
                && !files.format().equals("csv")
                && !match.column().getType().equals(ArrowType.Utf8.INSTANCE);
    }

    private String raw(Field found, Field column) {
        if (files.onError() == OnError.CONTINUE && files.format().equals("json")) {
            var pointer = QualifiedName.literal(
                    "/" + found.getName().replace("~", "~0").replace("/", "~1"));
            return "(json " + (column.getType().isComplex() ? "->" : "->>") + " " + pointer + ")";
        }
        return QualifiedName.quote(found.getName());
    }

    /** What is wrong with a row, or null; absent where rows are not left out for their values. */
    private Optional<String> error(ImportColumns columns) {
        if (files.onError() != OnError.CONTINUE) {
            return Optional.empty();
        }
        var cases = new ArrayList<String>();
        if (files.format().equals("json")) {
            cases.add("WHEN json IS NULL THEN 'Malformed JSON'");
            cases.add("WHEN json_type(json) <> 'OBJECT' THEN 'No JSON object: ' || left(CAST(json AS VARCHAR), 100)");
        }
        columns.matches().forEach(match -> cases.addAll(cases(match)));
        return cases.isEmpty() ? Optional.empty() : Optional.of("CASE " + String.join(" ", cases) + " END");
    }

    private List<String> cases(Match match) {
        var cases = new ArrayList<String>();
        var name = QualifiedName.quote(match.column().getName());
        if (isCastHere(match) && match.source().isPresent()) {
            var raw = raw(match.source().get(), match.column());
            var present =
                    files.format().equals("json") && match.column().getType().isComplex()
                            ? "json_type" + raw + " <> 'NULL'"
                            : raw + " IS NOT NULL";
            cases.add("WHEN " + present + " AND " + value(match) + " IS NULL THEN "
                    + QualifiedName.literal(
                            "Column " + name + " takes " + DuckDbTypes.sql(match.column()) + ", and not ")
                    + " || left(CAST(" + raw + " AS VARCHAR), 100)");
        }
        if (!match.column().isNullable()) {
            cases.add("WHEN " + value(match) + " IS NULL THEN "
                    + QualifiedName.literal("Column " + name + " is NOT NULL, and the row has no value for it"));
        }
        return cases;
    }
}
