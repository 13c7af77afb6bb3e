package dev.sluice.planner;

import dev.sluice.core.QualifiedName;
import dev.sluice.planner.SqlTemplate.CountHole;
import dev.sluice.planner.SqlTemplate.Expanded;
import dev.sluice.planner.SqlTemplate.FunctionHole;
import dev.sluice.planner.SqlTemplate.InputHole;
import dev.sluice.planner.SqlTemplate.Inserted;
import dev.sluice.planner.SqlTemplate.Part;
import dev.sluice.planner.SqlTemplate.ScanHole;
import dev.sluice.planner.SqlTemplate.Verbatim;
import dev.sluice.planner.TableResolver.Meaning;
import dev.sluice.planner.Token.Kind;
import dev.sluice.planner.Tokenizer.Lexed;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.arrow.vector.types.pojo.Schema;

/** Cuts holes into the client's text where tables and users' functions stand, and leaves every other character. */
final class Splicer {
    private final Draft draft;
    private final Lexed lexed;

    Splicer(Draft draft, Lexed lexed) {
        this.draft = draft;
        this.lexed = lexed;
    }

    private record Edit(int from, int to, List<Part> parts) {}

    /** A query whose rows a function takes, in place of the text from {@code start} to {@code end}. */
    record Input(int start, int end, Statement.Query query) {}

    /** @param summaries those that may be of one of the tables */
    Statement.Query splice(
            List<TableResolver.Resolved> tables,
            List<FunctionResolver.Resolved> functions,
            List<Mentions.Summary> summaries,
            List<Input> inputs) {
        var edits = new ArrayList<Edit>();
        var rowColumns = new RowColumns(draft, lexed.tokens(), tables);
        var scans = new ArrayList<Scan>();
        var called = functions.stream().map(FunctionResolver.Resolved::function).collect(Collectors.toSet());
        for (var table : tables) {
            switch (table.meaning()) {
                case Meaning.Table(Schema schema) -> {
                    var summary = Summaries.of(table, schema, summaries, lexed.tokens());
                    summary.ifPresent(s -> s.counts().forEach(count -> edits.add(countEdit(count, scans.size()))));
                    edits.add(tableEdit(
                            table, List.of(new ScanHole(origin(table.mention().start()), scans.size()))));
                    scans.add(new Scan(
                            table.table(),
                            schema,
                            Optional.empty(),
                            Optional.empty(),
                            table.target(),
                            rowColumns.of(table),
                            summary.map(Summaries.Found::summary)));
                }
                case Meaning.View(Statement.Query query) -> {
                    edits.add(
                            tableEdit(table, moved(query.sql(), table.mention().start(), scans.size())));
                    var before = scans.size();
                    query.scans().forEach(scan -> scans.add(scan.after(before)));
                    called.addAll(query.functions());
                }
            }
        }
        for (var call : functions) {
            edits.add(new Edit(
                    call.start(), call.end(), List.of(new FunctionHole(origin(call.start()), call.function()))));
            call.alias().ifPresent(alias -> edits.add(aliased(alias)));
        }
        for (var input : inputs) {
            edits.add(
                    new Edit(input.start(), input.end(), List.of(new InputHole(origin(input.start()), input.query()))));
        }
        if (tables.stream().noneMatch(TableResolver.Resolved::target)) {
            var holes = edits.stream()
                    .filter(edit -> !(edit.parts().getFirst() instanceof CountHole))
                    .map(Edit::from)
                    .collect(Collectors.toSet());
            new OutputNames(lexed, holes::contains).find().forEach(name -> edits.add(named(name)));
        }
        new Qualifiers(lexed.tokens(), tables)
                .find()
                .forEach(part -> edits.add(new Edit(part.from(), part.to(), List.of())));
        rowColumns.exclusions().forEach(exclusion -> edits.add(excluding(exclusion)));
        edits.sort(Comparator.comparingInt(Edit::from));
        var parameters = lexed.tokens().stream()
                .filter(token -> token.kind() == Kind.PARAMETER)
                .count();
        return new Statement.Query(template(edits), scans, called, Math.toIntExact(parameters));
    }

    private Edit named(OutputNames.Name name) {
        var text = " AS " + QualifiedName.quote(name.name());
        return new Edit(name.end(), name.end(), List.of(new Inserted(origin(name.end() - 1), text)));
    }

    private Edit aliased(FunctionResolver.Alias alias) {
        var text = " AS " + QualifiedName.quote(alias.name());
        return new Edit(alias.at(), alias.at(), List.of(new Inserted(origin(alias.at() - 1), text)));
    }

    private Edit excluding(RowColumns.Exclusion exclusion) {
        var at = exclusion.at();
        return new Edit(at, at, List.of(new Inserted(origin(at - 1), exclusion.text())));
    }

    private SqlTemplate template(List<Edit> edits) {
        var parts = new ArrayList<Part>();
        var at = 0;
        for (var edit : edits) {
            parts.addAll(draft.slice(lexed.sql(), at, edit.from()));
            parts.addAll(edit.parts());
            at = edit.to();
        }
        parts.addAll(draft.slice(lexed.sql(), at, lexed.sql().length()));
        return new SqlTemplate(draft.source(), parts);
    }

    /** The parts of a view's query, as they stand in this text after so many scans of it. */
    private List<Part> moved(SqlTemplate view, int start, int scans) {
        var origin = origin(start);
        return view.parts().stream()
                .<Part>map(part -> switch (part) {
                    case Expanded(int _, String text, QualifiedName name) -> new Expanded(origin, text, name);
                    case ScanHole(int _, int index) -> new ScanHole(origin, scans + index);
                    case FunctionHole(int _, QualifiedName function) -> new FunctionHole(origin, function);
                    case InputHole(int _, Statement.Query query) -> new InputHole(origin, query);
                    case CountHole(int _, int index, String text, boolean unnamed) ->
                        new CountHole(origin, scans + index, text, unnamed);
                    case Verbatim _, Inserted _ ->
                        throw new IllegalStateException("A view has no text of its own here");
                })
                .toList();
    }

    private Edit tableEdit(TableResolver.Resolved table, List<Part> expression) {
        var start = table.mention().start();
        var parts = new ArrayList<Part>();
        var from = start;
        var before = indexAt(lexed.tokens(), start) - 1;
        if (before >= 0 && lexed.tokens().get(before).is("TABLE")) {
            from = lexed.tokens().get(before).start();
            parts.add(new Inserted(origin(from), "SELECT * FROM "));
        }
        parts.addAll(expression);
        if (!table.mention().aliased() || from < start) {
            var alias = QualifiedName.quote(table.mention().path().getLast());
            parts.add(new Inserted(origin(start), " AS " + alias));
        }
        return new Edit(from, table.end(), parts);
    }

    private Edit countEdit(Summaries.Count count, int scan) {
        var text = lexed.sql().substring(count.from(), count.to());
        return new Edit(
                count.from(), count.to(), List.of(new CountHole(origin(count.from()), scan, text, count.unnamed())));
    }

    private int origin(int offset) {
        return draft.origin(offset);
    }

    /** The index of the token that begins at {@code offset}; negative where none does. */
    static int indexAt(List<Token> tokens, int offset) {
        var low = 0;
        var high = tokens.size() - 1;
        while (low <= high) {
            var middle = (low + high) >>> 1;
            var start = tokens.get(middle).start();
            if (start == offset) {
                return middle;
            }
            if (start < offset) {
                low = middle + 1;
            } else {
                high = middle - 1;
            }
        }
        return -1;
    }
}
