package dev.sluice.engine;

import static java.util.stream.Collectors.joining;

import dev.sluice.core.Code;
import dev.sluice.core.Failure;
import dev.sluice.core.FailureException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.Schema;

/**
 * The columns of a table, each with the column of the files that it is read from, if any: that of its name in any case,
 * or that of its place where the files give no names.
 */
record ImportColumns(List<Match> matches) {
    /** The literals that DuckDB reads as false. */
    private static final Set<String> NO = Set.of("false", "0", "'false'", "'f'", "'no'", "'n'", "'0'", "'off'");

    /** The options that name columns. */
    private static final Set<String> NAMING = Set.of("names", "column_names", "columns");

    /** A column of the table, and where its values come from. */
    record Match(Field column, Optional<Field> source) {}

    static ImportColumns match(ImportFiles files, Schema found, Schema table) {
        var wanted = files.columns().isEmpty()
                ? table.getFields()
                : files.columns().stream().map(table::findField).toList();
        var sources = hasNoNames(files) ? byPlace(wanted, found) : byName(wanted, found, files);
        return new ImportColumns(table.getFields().stream()
                .map(column -> {
                    var index = wanted.indexOf(column);
                    return new Match(column, index < 0 ? Optional.empty() : sources.get(index));
                })
                .toList());
    }

    /** CSV without a header, to whose columns the options give no names either. */
    private static boolean hasNoNames(ImportFiles files) {
        var header = files.options().getOrDefault("header", "true").toLowerCase(Locale.ROOT);
        return files.format().equals("csv")
                && NO.contains(header)
                && files.options().keySet().stream().noneMatch(NAMING::contains);
    }

    private static List<Optional<Field>> byPlace(List<Field> wanted, Schema found) {
        var given = found.getFields().size();
        if (given != wanted.size()) {
            throw refused(
                    Code.INVALID_STATEMENT,
                    "The files have no header and " + given + " columns, and the table has " + wanted.size()
                            + ": columns without names must be all of the table's, in order; or name the columns that"
                            + " they are for, as in COPY INTO t (a, b)");
        }
        return found.getFields().stream().map(Optional::of).toList();
    }

    private static List<Optional<Field>> byName(List<Field> wanted, Schema found, ImportFiles files) {
        var rest = new ArrayList<>(found.getFields());
        var sources = new ArrayList<Optional<Field>>();
        for (var column : wanted) {
            var source = rest.stream()
                    .filter(field -> field.getName().equalsIgnoreCase(column.getName()))
                    .findFirst();
            if (source.isEmpty() && !files.columns().isEmpty()) {
                throw refused(
                        Code.COLUMN_NOT_FOUND,
                        "The files have no column '" + column.getName() + "': they have " + names(found.getFields()));
            }
            source.ifPresent(rest::remove);
            sources.add(source);
        }
        if (!rest.isEmpty() && files.columns().isEmpty()) {
            throw refused(
                    Code.COLUMN_NOT_FOUND,
                    "The files have columns that the table has not: " + names(rest)
                            + "; name the columns to take, as in COPY INTO t (a, b)");
        }
        return sources;
    }

    private static String names(List<Field> fields) {
        return fields.stream().map(Field::getName).collect(joining(", "));
    }

    private static FailureException refused(Code code, String message) {
        return new Failure.Invalid(code, message, Optional.empty()).exception();
    }
}
