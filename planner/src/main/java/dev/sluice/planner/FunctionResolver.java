package dev.sluice.planner;

import dev.sluice.core.QualifiedName;
import dev.sluice.planner.Tokenizer.Lexed;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Finds the users' functions among a query's calls. DuckDB's own go before them where a name has no schema. */
final class FunctionResolver {
    private final Draft draft;
    private final Lexed lexed;
    private final PlanContext context;
    private final Set<String> engineFunctions;

    FunctionResolver(Draft draft, Lexed lexed, PlanContext context, Set<String> engineFunctions) {
        this.draft = draft;
        this.lexed = lexed;
        this.context = context;
        this.engineFunctions = engineFunctions;
    }

    /** A call of a user's function: its name stands from {@code start} to {@code end}. */
    record Resolved(int start, int end, QualifiedName function) {}

    List<Resolved> resolve(List<Mentions.Function> mentions) {
        return mentions.stream()
                .filter(mention -> !mention.asTable() && mention.start() >= 0 && !isEngines(mention))
                .flatMap(mention -> TableResolver.name(mention.path(), context.defaultSchema())
                        .filter(name -> context.functions().find(name).isPresent())
                        .map(name -> new Resolved(mention.start(), end(mention), name.folded()))
                        .stream())
                .toList();
    }

    private boolean isEngines(Mentions.Function mention) {
        return mention.path().size() == 1
                && engineFunctions.contains(mention.name().toLowerCase(Locale.ROOT));
    }

    private int end(Mentions.Function mention) {
        var index = Splicer.indexAt(lexed.tokens(), mention.start());
        if (index < 0) {
            throw draft.syntax("The call of '" + mention.name() + "' cannot be read", mention.start());
        }
        return lexed.tokens().get(index + 2 * (mention.path().size() - 1)).end();
    }
}
