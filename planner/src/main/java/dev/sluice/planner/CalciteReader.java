package dev.sluice.planner;

import dev.sluice.planner.Tokenizer.Lexed;
import dev.sluice.planner.parser.QueryParser;
import java.util.OptionalInt;
import java.util.Set;
import java.util.regex.Pattern;
import org.apache.calcite.config.Lex;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.parser.SqlParseException;
import org.apache.calcite.sql.parser.SqlParser;
import org.apache.calcite.sql.validate.SqlConformance;
import org.apache.calcite.sql.validate.SqlConformanceEnum;
import org.apache.calcite.sql.validate.SqlDelegatingConformance;

/** Reads queries by our own grammar. */
final class CalciteReader {
    static final SqlConformance CONFORMANCE = new SqlDelegatingConformance(SqlConformanceEnum.BABEL) {
        // As in BABEL, nested window aggregates and GROUPING() would not validate.
        @Override
        public boolean isNonStrictGroupBy() {
            return false;
        }

        @Override
        public SelectAliasLookup isSelectAlias() {
            return SelectAliasLookup.LEFT_TO_RIGHT;
        }
    };

    private static final SqlParser.Config CONFIG = SqlParser.config()
            .withParserFactory(QueryParser.FACTORY)
            .withLex(Lex.MYSQL_ANSI) // "quoted" names, and no name's case is changed
            .withIdentifierMaxLength(1024)
            .withConformance(CONFORMANCE);

    private static final Set<SqlKind> QUERIES = Set.of(
            SqlKind.SELECT,
            SqlKind.UNION,
            SqlKind.INTERSECT,
            SqlKind.EXCEPT,
            SqlKind.VALUES,
            SqlKind.WITH,
            SqlKind.ORDER_BY,
            SqlKind.EXPLICIT_TABLE);

    private static final Pattern AT_END = Pattern.compile("Encountered \"([^\"]* )?<EOF>\"");

    private CalciteReader() {}

    /** What came of it. */
    sealed interface Outcome {
        record Read(Mentions mentions) implements Outcome {}

        /** The grammar stops at this character, or cannot say where. */
        record Unread(OptionalInt offset) implements Outcome {}
    }

    static Outcome read(Lexed lexed) {
        var quoted = ReservedNames.quote(lexed);
        var lines = new LineMap(quoted.sql(), quoted.inserted());
        try {
            var tree = parse(quoted);
            return QUERIES.contains(tree.getKind()) ? mentions(tree, lines) : new Outcome.Unread(OptionalInt.empty());
        } catch (SqlParseException e) {
            return new Outcome.Unread(stop(e, lexed.sql(), lines));
        } catch (RuntimeException | StackOverflowError e) {
            // Calcite throws much for what its actions refuse; the second parser has the last word.
            return new Outcome.Unread(OptionalInt.empty());
        }
    }

    static SqlNode parse(ReservedNames.Quoted quoted) throws SqlParseException {
        return SqlParser.create(quoted.sql(), CONFIG).parseQuery();
    }

    private static OptionalInt stop(SqlParseException e, String sql, LineMap lines) {
        if (AT_END.matcher(String.valueOf(e.getMessage())).lookingAt()) {
            return OptionalInt.of(sql.length());
        }
        return e.getPos() == null ? OptionalInt.empty() : OptionalInt.of(lines.start(e.getPos()));
    }

    private static Outcome mentions(SqlNode tree, LineMap lines) {
        try {
            return new Outcome.Read(new CalciteMentions(lines).of(tree));
        } catch (CalciteMentions.UnknownNode e) {
            return new Outcome.Unread(OptionalInt.empty());
        }
    }
}
