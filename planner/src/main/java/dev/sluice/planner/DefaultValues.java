package dev.sluice.planner;

import dev.sluice.core.FieldDefaults;
import dev.sluice.core.QualifiedName;
import java.util.List;
import java.util.OptionalInt;
import org.apache.arrow.vector.types.pojo.Schema;

/**
 * Reads the rows of an INSERT, where the word DEFAULT may stand for a value of VALUES: the text of its column's default
 * takes its place, and becomes of the column's type where it is written.
 */
final class DefaultValues {
    private final Reading reading;
    private final Tokens tokens;

    DefaultValues(Reading reading) {
        this.reading = reading;
        this.tokens = reading.tokens();
    }

    /** @param columns names of the columns that the rows are for, in order */
    Statement.Query rows(Schema schema, List<String> columns) {
        if (!tokens.at("VALUES")) {
            return new QueryReader(reading).read();
        }
        var draft = Draft.from(reading.source());
        var from = tokens.peek().start();
        var depth = 0;
        var column = 0;
        while (!tokens.atEnd()) {
            var token = tokens.take();
            if (token.isSymbol('(') || token.isSymbol('[') || token.isSymbol('{')) {
                column = depth == 0 ? 0 : column;
                depth++;
            } else if (token.isSymbol(')') || token.isSymbol(']') || token.isSymbol('}')) {
                depth--;
            } else if (token.isSymbol(',') && depth == 1) {
                column++;
            } else if (token.is("DEFAULT") && depth == 1 && column < columns.size()) {
                draft.verbatim(from, token.start()).insert(token.start(), sql(schema, columns.get(column)));
                from = token.end();
            }
        }
        draft.verbatim(from, reading.source().length());
        return reading.queries().plan(draft.build(), reading.context(), OptionalInt.empty());
    }

    private static String sql(Schema schema, String column) {
        return FieldDefaults.write(schema.findField(column))
                .map(QualifiedName::literal)
                .orElse("NULL");
    }
}
