package dev.sluice.planner;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.core.Code;
import dev.sluice.planner.Token.Kind;
import dev.sluice.planner.Tokenizer.Lexed;
import java.util.ArrayDeque;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;

/** Queries: read, authorised, and cut where tables and functions stand. Thread-safe. */
final class QueryPlanner {
    private static final int MAX_EXPRESSION = 3_000;

    /** DuckDB spends time by the square on showing how it reads longer ones. */
    private static final int MAX_FOR_SECOND = 200_000;

    private final DuckReader second;
    private final Set<String> engineFunctions;
    private final Pruning pruning = new Pruning();

    QueryPlanner(SecondParser second, Set<String> engineFunctions) {
        this.second = new DuckReader(second);
        this.engineFunctions = Set.copyOf(engineFunctions);
    }

    /**
     * @param target where in the draft the name of the table to change stands: its scan comes first and tells positions
     */
    Statement.Query plan(Draft whole, PlanContext context, OptionalInt target) {
        var outer = TableArguments.hide(whole, context);
        var draft = outer.draft();
        var hidden = TimeTravel.hide(Tokenizer.read(draft), draft);
        var lexed = hidden.lexed();
        refuseMore(lexed, draft);
        var mentions = mentions(lexed, draft);
        var calls = new FunctionResolver(draft, lexed, context, engineFunctions).resolve(mentions.functions());
        var tables = new TableResolver(draft, hidden, context, new ViewExpander(this, context))
                .resolve(mentions.tables(), target);
        var query = new Splicer(draft, lexed).splice(tables, calls, mentions.summaries(), inputs(outer, context));
        return switch (mentions.parser()) {
            case Mentions.Parser.Calcite _ -> pruning.prune(query, lexed.tokens());
            case Mentions.Parser.DuckDb(JsonNode tree) ->
                query.sql().hasViews() ? query : DuckFilter.prune(query, tree);
        };
    }

    private List<Splicer.Input> inputs(TableArguments.Hidden outer, PlanContext context) {
        return outer.arguments().stream()
                .map(argument -> new Splicer.Input(argument.start(), argument.end(), input(argument.query(), context)))
                .toList();
    }

    private Statement.Query input(Draft draft, PlanContext context) {
        var query = plan(draft, context, OptionalInt.empty());
        if (query.parameters() > 0) {
            throw draft.failure(Code.UNSUPPORTED, "A table that is an argument cannot have parameters", 0);
        }
        return query;
    }

    private static void refuseMore(Lexed lexed, Draft draft) {
        for (var token : lexed.tokens()) {
            if (token.isSymbol(';')) {
                throw draft.syntax("One statement at a time: this text has more after ';'", token.start());
            }
        }
    }

    private Mentions mentions(Lexed lexed, Draft draft) {
        var stopped = OptionalInt.empty();
        if (isForCalcite(lexed.tokens())) {
            switch (CalciteReader.read(lexed)) {
                case CalciteReader.Outcome.Read(Mentions mentions) -> {
                    return mentions;
                }
                case CalciteReader.Outcome.Unread(OptionalInt offset) -> stopped = offset;
            }
        }
        if (lexed.tokens().size() > MAX_FOR_SECOND) {
            var message =
                    "The query is not in our grammar from here on, and too long to be read as DuckDB does: it has "
                            + lexed.tokens().size() + " words and signs, and at most " + MAX_FOR_SECOND + " are read";
            throw draft.failure(Code.LIMIT_EXCEEDED, message, stopped.orElse(0));
        }
        return switch (second.read(lexed.sql(), draft)) {
            case DuckReader.Outcome.Read(Mentions mentions) -> mentions;
            case DuckReader.Outcome.Refused(String message, OptionalInt offset) ->
                throw new SyntaxErrors(lexed.tokens(), draft).refusal(message, stopped, offset);
            case DuckReader.Outcome.Unshown() ->
                throw draft.failure(
                        Code.UNSUPPORTED,
                        "This form of query cannot be planned: put a PIVOT or UNPIVOT at the beginning of the"
                                + " statement, or list its values with IN",
                        0);
        };
    }

    /**
     * Not for Calcite are strings that it reads otherwise than DuckDB, and expressions of thousands of operators, on
     * which its parser spends time by the square.
     */
    private static boolean isForCalcite(List<Token> tokens) {
        var lengths = new ArrayDeque<Integer>(List.of(0));
        for (var token : tokens) {
            if (token.kind() == Kind.SPECIAL_STRING) {
                return false;
            }
            var length = lengths.pop() + 1;
            if (length > MAX_EXPRESSION) {
                return false;
            }
            if (token.isSymbol(',')) {
                lengths.push(0);
                continue;
            }
            lengths.push(length);
            if (token.isSymbol('(') || token.isSymbol('[') || token.isSymbol('{')) {
                lengths.push(0);
            } else if ((token.isSymbol(')') || token.isSymbol(']') || token.isSymbol('}')) && lengths.size() > 1) {
                lengths.pop();
            }
        }
        return true;
    }
}
