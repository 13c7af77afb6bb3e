package dev.sluice.planner;

import dev.sluice.core.Code;
import dev.sluice.core.Failure;
import dev.sluice.core.Failure.Position;
import dev.sluice.core.FailureException;
import dev.sluice.core.QualifiedName;
import dev.sluice.planner.TimeTravel.Destination;
import dev.sluice.planner.TimeTravel.Hidden;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.apache.arrow.vector.types.pojo.Schema;

/** Finds the tables that a query mentions; what is not found fails here, so that DuckDB never looks for a name. */
final class TableResolver {
    static final String CATALOG = "sluice";

    private final Draft draft;
    private final Hidden hidden;
    private final PlanContext context;
    private final ViewExpander views;

    TableResolver(Draft draft, Hidden hidden, PlanContext context, ViewExpander views) {
        this.draft = draft;
        this.hidden = hidden;
        this.context = context;
        this.views = views;
    }

    /** What a name in FROM stands for. */
    sealed interface Meaning {
        /** A table of these columns. */
        record Table(Schema schema) implements Meaning {}

        /** A view, and its query. */
        record View(Statement.Query query) implements Meaning {}
    }

    /**
     * A mention of a table or view, and which one.
     *
     * @param end the character after its name
     */
    record Resolved(Mentions.Table mention, int end, TableRef table, Meaning meaning, boolean target) {}

    /** In order of appearance, but for the target, which comes first. */
    List<Resolved> resolve(List<Mentions.Table> mentions, OptionalInt target) {
        var result = new ArrayList<Resolved>();
        var travels = new HashSet<>(hidden.destinations().keySet());
        for (var mention : mentions) {
            result.add(resolve(mention, target));
            travels.remove(mention.start());
        }
        for (var stray : travels) {
            var place = hidden.destinations().getOrDefault(stray, NOWHERE).start();
            throw draft.syntax("AT and FOR … AS OF follow the name of a table", place);
        }
        result.sort(Comparator.comparing((Resolved resolved) -> !resolved.target())
                .thenComparingInt(resolved -> resolved.mention().start()));
        return List.copyOf(result);
    }

    private static final Destination NOWHERE =
            new Destination(Optional.empty(), Optional.empty(), OptionalLong.empty(), 0);

    private Resolved resolve(Mentions.Table mention, OptionalInt target) {
        var start = mention.start();
        if (start < 0) {
            var message = "TABLE t and SUMMARIZE t cannot stand here: write SELECT * FROM t";
            throw draft.failure(Code.UNSUPPORTED, message, 0);
        }
        var end = end(mention);
        var destination = hidden.destinations().getOrDefault(start, NOWHERE);
        var table = new TableRef(
                name(mention.path(), context.defaultSchema()).orElseThrow(() -> notFound(mention.path(), start)),
                destination.ref(),
                destination.asOf(),
                destination.snapshotId(),
                draft.position(start));
        var meaning = find(table, context)
                .<Meaning>map(Meaning.Table::new)
                .or(() -> views.expand(table).map(Meaning.View::new))
                .orElseThrow(() -> notFound(mention.path(), start));
        return new Resolved(mention, end, table, meaning, target.isPresent() && target.getAsInt() == start);
    }

    /** The table's columns; a ref that does not exist is missed where the table stands. */
    static Optional<Schema> find(TableRef table, PlanContext context) {
        try {
            return context.tables().find(table);
        } catch (FailureException e) {
            if (e.failure() instanceof Failure.NotFound(Code code, String message, Optional<Position> position)
                    && position.isEmpty()) {
                throw new FailureException(new Failure.NotFound(code, message, Optional.of(table.position())), e);
            }
            throw e;
        }
    }

    private int end(Mentions.Table mention) {
        var tokens = hidden.lexed().tokens();
        var index = Splicer.indexAt(tokens, mention.start());
        if (index >= 0 && tokens.get(index).isString()) {
            throw draft.forbidden(
                    "A query cannot read the file '" + mention.path().getLast()
                            + "': load it into a table by COPY INTO",
                    mention.start());
        }
        var last = index + 2 * (mention.path().size() - 1);
        if (index < 0 || last >= tokens.size()) {
            throw draft.failure(Code.UNSUPPORTED, "This name of a table cannot be read", mention.start());
        }
        return tokens.get(last).end();
    }

    private FailureException notFound(List<String> path, int start) {
        return draft.notFound(Code.TABLE_NOT_FOUND, "Table '" + String.join(".", path) + "' does not exist", start);
    }

    /** {@code name}, {@code schema.name} or {@code sluice.schema.name}. */
    static Optional<QualifiedName> name(List<String> path, String defaultSchema) {
        if (path.stream().anyMatch(String::isEmpty)) {
            return Optional.empty();
        }
        return switch (path.size()) {
            case 1 -> Optional.of(new QualifiedName(defaultSchema, path.getFirst()));
            case 2 -> Optional.of(new QualifiedName(path.getFirst(), path.getLast()));
            case 3 ->
                Optional.of(new QualifiedName(path.get(1), path.getLast()))
                        .filter(_ -> path.getFirst().equalsIgnoreCase(CATALOG));
            default -> Optional.empty();
        };
    }
}
