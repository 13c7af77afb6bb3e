package dev.sluice.cli;

import dev.sluice.core.QualifiedName;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jline.reader.Candidate;
import org.jline.reader.Completer;
import org.jline.reader.LineReader;
import org.jline.reader.ParsedLine;

/** Completes keywords, schemas, tables, columns and functions; after a dot, what belongs to the name before it. */
final class SqlCompleter implements Completer {
    private static final Pattern PLAIN = Pattern.compile("[a-zA-Z_][a-zA-Z0-9_]*");

    private final Vocabulary vocabulary;

    SqlCompleter(Vocabulary vocabulary) {
        this.vocabulary = vocabulary;
    }

    @Override
    public void complete(LineReader reader, ParsedLine line, List<Candidate> candidates) {
        var word = line.word();
        var dot = word.lastIndexOf('.');
        if (MetaCommand.isOne(line.line()) && line.wordIndex() == 0) {
            MetaCommand.NAMES.forEach(name -> candidates.add(candidate(name, name, "command", "")));
        } else if (dot > 0) {
            members(word.substring(0, dot), line.line())
                    .forEach(name ->
                            candidates.add(candidate(word.substring(0, dot + 1) + quoted(name), name, "names", "")));
        } else {
            addAll(word, candidates);
        }
    }

    private void addAll(String word, List<Candidate> candidates) {
        var names = vocabulary.names();
        names.tables().forEach(table -> candidates.add(candidate(quoted(table.name()), table.name(), "tables", "")));
        names.schemas().forEach(schema -> candidates.add(candidate(quoted(schema), schema, "schemas", "")));
        names.tables().stream()
                .flatMap(table -> table.columns().stream())
                .distinct()
                .forEach(column -> candidates.add(candidate(quoted(column), column, "columns", "")));
        Stream.concat(names.functions().stream(), Keywords.FUNCTIONS.stream())
                .forEach(function -> candidates.add(candidate(function + "(", function, "functions", "(")));
        var lower = !word.isEmpty() && word.equals(word.toLowerCase(Locale.ROOT));
        Keywords.ALL.stream()
                .map(keyword -> lower ? keyword.toLowerCase(Locale.ROOT) : keyword)
                .forEach(keyword -> candidates.add(candidate(keyword, keyword, "keywords", " ")));
    }

    /** Tables of a schema; columns of a table, or of a table that the statement has under this alias. */
    private Stream<String> members(String owner, String statement) {
        var tables = vocabulary.names().tables();
        var ofSchema = tables.stream()
                .filter(table -> table.schema().equalsIgnoreCase(owner))
                .map(Vocabulary.Table::name);
        var ofTable = tables.stream()
                .filter(table -> table.name().equalsIgnoreCase(owner) || isAlias(table.name(), owner, statement))
                .flatMap(table -> table.columns().stream());
        return Stream.concat(ofSchema, ofTable).distinct();
    }

    private static boolean isAlias(String table, String alias, String statement) {
        return Pattern.compile(
                        "\\b" + Pattern.quote(table) + "\\b\"?\\s+(as\\s+)?" + Pattern.quote(alias) + "\\b",
                        Pattern.CASE_INSENSITIVE)
                .matcher(statement)
                .find();
    }

    private static String quoted(String name) {
        return PLAIN.matcher(name).matches() && !Keywords.contains(name) ? name : QualifiedName.quote(name);
    }

    /** A function is complete at its parenthesis; all else is followed by a blank where the user wants one. */
    private static Candidate candidate(String value, String shown, String group, String suffix) {
        return new Candidate(value, shown, group, null, suffix.isBlank() ? null : suffix, null, suffix.equals(" "));
    }
}
