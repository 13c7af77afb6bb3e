package dev.sluice.planner;

import dev.sluice.core.Code;
import dev.sluice.core.FunctionKind;
import dev.sluice.core.QualifiedName;
import dev.sluice.planner.Tokenizer.Lexed;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * Finds the users' functions among a query's calls, and checks what else is called. DuckDB's own go before them where a
 * name has no schema.
 */
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

    /**
     * A call of a user's function: its name stands from {@code start} to {@code end}.
     *
     * @param alias where the call in FROM needs one to be known by its name
     */
    record Resolved(int start, int end, QualifiedName function, Optional<Alias> alias) {}

    /** A name, and the character before which it is missing. */
    record Alias(int at, String name) {}

    /** @throws dev.sluice.core.FailureException for what may not be called, or not where it stands */
    List<Resolved> resolve(List<Mentions.Function> mentions) {
        var found = new ArrayList<Resolved>();
        for (var mention : mentions) {
            var function = mention.start() < 0 ? Optional.<Found>empty() : find(mention);
            if (function.isPresent()) {
                found.add(resolve(mention, function.get()));
            } else {
                Permissions.check(mention, draft);
            }
        }
        return found;
    }

    private record Found(QualifiedName name, FunctionKind kind) {}

    private Optional<Found> find(Mentions.Function mention) {
        if (isEngines(mention)) {
            return Optional.empty();
        }
        return TableResolver.name(mention.path(), context.defaultSchema())
                .flatMap(name -> context.functions().find(name).map(kind -> new Found(name.folded(), kind)));
    }

    private Resolved resolve(Mentions.Function mention, Found function) {
        var isTable = function.kind() == FunctionKind.TABLE;
        if (isTable != mention.asTable()) {
            var message = "Function '" + mention.name() + "' gives "
                    + (isTable ? "a table: call it in FROM" : "a value, and no table: call it in SELECT");
            throw draft.failure(Code.INVALID_STATEMENT, message, mention.start());
        }
        var last = lastOfName(mention);
        var alias = mention.place() == Mentions.Place.FROM ? alias(last, mention.name()) : Optional.<Alias>empty();
        return new Resolved(mention.start(), lexed.tokens().get(last).end(), function.name(), alias);
    }

    private boolean isEngines(Mentions.Function mention) {
        return mention.path().size() == 1
                && engineFunctions.contains(mention.name().toLowerCase(Locale.ROOT));
    }

    /** The index of the token at the end of the name. */
    private int lastOfName(Mentions.Function mention) {
        var index = Splicer.indexAt(lexed.tokens(), mention.start());
        if (index < 0) {
            throw draft.syntax("The call of '" + mention.name() + "' cannot be read", mention.start());
        }
        return index + 2 * (mention.path().size() - 1);
    }

    private Optional<Alias> alias(int lastOfName, String name) {
        var tokens = lexed.tokens();
        var end = closing(lastOfName + 1);
        if (end.isEmpty()) {
            return Optional.empty();
        }
        var last = end.getAsInt();
        var ordinality = last + 2 < tokens.size()
                && tokens.get(last + 1).is("WITH")
                && tokens.get(last + 2).is("ORDINALITY");
        return Optional.of(new Alias(tokens.get(ordinality ? last + 2 : last).end(), name));
    }

    /** The index of the bracket that closes the one at {@code open}. */
    private OptionalInt closing(int open) {
        var depth = 0;
        for (var i = open; i < lexed.tokens().size(); i++) {
            var token = lexed.tokens().get(i);
            if (token.isSymbol('(')) {
                depth++;
            } else if (token.isSymbol(')') && --depth == 0) {
                return OptionalInt.of(i);
            }
        }
        return OptionalInt.empty();
    }
}
