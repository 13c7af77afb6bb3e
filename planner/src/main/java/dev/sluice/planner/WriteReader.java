package dev.sluice.planner;

import dev.sluice.core.Code;
import java.util.List;
import java.util.Optional;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.Schema;

/** Reads INSERT INTO and INSERT OVERWRITE. */
final class WriteReader {
    private final Reading reading;
    private final Tokens tokens;

    WriteReader(Reading reading) {
        this.reading = reading;
        this.tokens = reading.tokens();
    }

    Statement insert() {
        tokens.refuse("OR", "INSERT OR REPLACE and INSERT OR IGNORE are not supported");
        if (tokens.accept("OVERWRITE")) {
            return overwrite();
        }
        tokens.expect("INTO");
        var target = Target.read(reading);
        return rows(target, names(target.schema()));
    }

    private Statement overwrite() {
        if (!tokens.accept("INTO")) {
            tokens.accept("TABLE");
        }
        var target = Target.read(reading);
        if (!tokens.accept("PARTITION")) {
            return new Statement.Overwrite(rows(target, names(target.schema())), Optional.empty());
        }
        var partition = PartitionValues.read(reading, target);
        var others = names(target.schema()).stream()
                .filter(name -> !partition.columns().contains(name))
                .toList();
        var rows = partition.added(rows(target, others), tokens.draft());
        var replaced = new ChangeReader(reading)
                .delete(
                        target,
                        target.table().name().name(),
                        Optional.of(partition.of(target.table().name().name())));
        return new Statement.Overwrite(rows, Optional.of(replaced));
    }

    /** @param all the columns that the rows are for where the statement names none */
    private Statement.Insert rows(Target target, List<String> all) {
        var named = tokens.atSymbol('(') && !isQueryInBrackets();
        var columns = named ? reading.columns(target.schema(), target.table()) : all;
        tokens.refuse("BY", "INSERT … BY NAME is not supported: list the columns");
        tokens.refuse("DEFAULT", "DEFAULT VALUES is not supported: list the values");
        if (!new QueryReader(reading).isNext()) {
            throw tokens.expected("VALUES or a query");
        }
        checkWidth(columns);
        return new Statement.Insert(target.table(), columns, new DefaultValues(reading).rows(target.schema(), columns));
    }

    private boolean isQueryInBrackets() {
        return tokens.peek(1).is("SELECT")
                || tokens.peek(1).is("WITH")
                || tokens.peek(1).is("VALUES")
                || tokens.peek(1).is("FROM")
                || tokens.peek(1).isSymbol('(');
    }

    private static List<String> names(Schema schema) {
        return schema.getFields().stream().map(Field::getName).toList();
    }

    /** VALUES tells in its first row how many columns it has. */
    private void checkWidth(List<String> columns) {
        if (!tokens.at("VALUES") || !tokens.peek(1).isSymbol('(')) {
            return;
        }
        var depth = 0;
        var width = 1;
        for (var ahead = 1; ; ahead++) {
            var token = tokens.peek(ahead);
            if (token.isSymbol('(') || token.isSymbol('[') || token.isSymbol('{')) {
                depth++;
            } else if (token.isSymbol(')') || token.isSymbol(']') || token.isSymbol('}')) {
                depth--;
            } else if (token.isSymbol(',') && depth == 1) {
                width++;
            }
            if (token.kind() == Token.Kind.END) {
                return;
            }
            if (depth == 0) {
                if (width != columns.size()) {
                    var message = "VALUES has " + width + " columns, but " + columns.size() + " are to be filled";
                    throw tokens.draft()
                            .failure(
                                    Code.INVALID_STATEMENT,
                                    message,
                                    tokens.peek().start());
                }
                return;
            }
        }
    }
}
