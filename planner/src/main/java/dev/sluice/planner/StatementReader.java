package dev.sluice.planner;

import dev.sluice.core.FunctionKind;
import dev.sluice.core.Ref;
import dev.sluice.planner.Statement.Existing;
import java.util.Optional;

/** Tells by its first words what a statement is, and has it read. */
final class StatementReader {
    private final Reading reading;
    private final Tokens tokens;

    StatementReader(Reading reading) {
        this.reading = reading;
        this.tokens = reading.tokens();
    }

    Statement read() {
        if (tokens.atEnd()) {
            throw tokens.expected("a statement");
        }
        Refusals.check(tokens);
        var transactions = new TransactionReader(tokens);
        if (transactions.isNext()) {
            var control = transactions.read();
            tokens.expectEnd();
            return control;
        }
        var queries = new QueryReader(reading);
        var statement = queries.isNext() ? queries.read() : command();
        tokens.expectEnd();
        return statement;
    }

    private Statement command() {
        if (tokens.accept("CREATE")) {
            return create();
        }
        if (tokens.accept("DROP")) {
            return drop();
        }
        if (tokens.accept("ALTER", "BRANCH")) {
            return protect();
        }
        if (tokens.accept("ALTER")) {
            if (tokens.accept("VIEW")) {
                return new ViewReader(reading).alter();
            }
            tokens.expect("TABLE");
            return new AlterReader(reading).table();
        }
        if (tokens.accept("COMMENT")) {
            return new AlterReader(reading).comment();
        }
        if (tokens.accept("INSERT")) {
            return new WriteReader(reading).insert();
        }
        var changes = new ChangeReader(reading);
        if (tokens.accept("UPDATE")) {
            return changes.update();
        }
        if (tokens.accept("DELETE")) {
            return changes.delete();
        }
        if (tokens.accept("TRUNCATE")) {
            return changes.truncate();
        }
        if (tokens.accept("COPY")) {
            return new CopyReader(reading).read();
        }
        if (tokens.accept("MERGE", "BRANCH")) {
            return merge();
        }
        if (tokens.accept("MERGE")) {
            return new MergeReader(reading).read();
        }
        if (tokens.accept("KILL")) {
            return new Statement.Kill(tokens.string("the id of a statement"));
        }
        if (tokens.accept("REVERT")) {
            return new RevertReader(reading).read();
        }
        if (tokens.accept("USE")) {
            return RefReader.find(tokens).<Statement>map(Statement.UseRef::new).orElseGet(this::useSchema);
        }
        if (tokens.accept("SHOW")) {
            return new ShowReader(reading).show();
        }
        if (tokens.accept("DESCRIBE") || tokens.accept("DESC")) {
            return new ShowReader(reading).describe();
        }
        if (tokens.accept("EXPLAIN")) {
            var analyze = tokens.accept("ANALYZE");
            var queries = new QueryReader(reading);
            if (!queries.isNext()) {
                throw tokens.expected("a query");
            }
            return new Statement.Explain(queries.read(), analyze);
        }
        return new UpkeepReader(reading).find().orElseThrow(() -> tokens.expected("a statement"));
    }

    private Statement create() {
        var replace = tokens.accept("OR", "REPLACE");
        if (FunctionReader.isTableFunctionNext(tokens)) {
            tokens.accept("TABLE", "FUNCTION");
            return new FunctionReader(reading).create(FunctionKind.TABLE, existing(replace));
        }
        if (tokens.accept("TABLE")) {
            return new TableReader(reading).create(existing(replace));
        }
        if (tokens.accept("FUNCTION")) {
            return new FunctionReader(reading).create(FunctionKind.SCALAR, existing(replace));
        }
        if (tokens.accept("AGGREGATE", "FUNCTION")) {
            return new FunctionReader(reading).create(FunctionKind.AGGREGATE, existing(replace));
        }
        if (tokens.accept("VIEW")) {
            return new ViewReader(reading).create(existing(replace));
        }
        if (replace) {
            throw tokens.expected("TABLE, VIEW or FUNCTION");
        }
        if (tokens.accept("SCHEMA")) {
            var ifNotExists = reading.ifNotExists();
            return new Statement.CreateSchema(reading.schemaName(), ifNotExists);
        }
        if (tokens.accept("BRANCH")) {
            var ifNotExists = reading.ifNotExists();
            return createRef(RefReader.branch(tokens), ifNotExists);
        }
        if (tokens.accept("TAG")) {
            var ifNotExists = reading.ifNotExists();
            return createRef(RefReader.tag(tokens), ifNotExists);
        }
        throw tokens.expected("TABLE, VIEW, SCHEMA, BRANCH, TAG or FUNCTION");
    }

    private Existing existing(boolean replace) {
        if (reading.ifNotExists()) {
            if (replace) {
                throw tokens.draft()
                        .syntax(
                                "OR REPLACE and IF NOT EXISTS exclude each other",
                                tokens.last().start());
            }
            return Existing.KEEP;
        }
        return replace ? Existing.REPLACE : Existing.FAIL;
    }

    private Statement createRef(Ref ref, boolean ifNotExists) {
        if (!tokens.accept("FROM")) {
            return new Statement.CreateRef(ref, Optional.empty(), ifNotExists);
        }
        return new Statement.CreateRef(ref, Optional.of(RefReader.anyRef(tokens)), ifNotExists);
    }

    private Statement drop() {
        if (tokens.accept("TABLE")) {
            var ifExists = reading.ifExists();
            return new Statement.DropTable(reading.target(), ifExists);
        }
        if (tokens.accept("VIEW")) {
            return new ViewReader(reading).drop();
        }
        if (tokens.accept("SCHEMA")) {
            var ifExists = reading.ifExists();
            return new Statement.DropSchema(reading.schemaName(), ifExists);
        }
        if (tokens.accept("FUNCTION")) {
            var ifExists = reading.ifExists();
            return new Statement.DropFunction(reading.qualifiedName("the name of a function"), ifExists);
        }
        if (tokens.accept("BRANCH")) {
            var ifExists = reading.ifExists();
            return new Statement.DropRef(RefReader.branch(tokens), ifExists);
        }
        if (tokens.accept("TAG")) {
            var ifExists = reading.ifExists();
            return new Statement.DropRef(RefReader.tag(tokens), ifExists);
        }
        throw tokens.expected("TABLE, VIEW, SCHEMA, BRANCH, TAG or FUNCTION");
    }

    private Statement protect() {
        var branch = RefReader.branch(tokens);
        tokens.expect("SET");
        if (tokens.accept("PROTECTED")) {
            return new Statement.ProtectBranch(branch, true);
        }
        tokens.expect("UNPROTECTED");
        return new Statement.ProtectBranch(branch, false);
    }

    private Statement merge() {
        var from = RefReader.branch(tokens);
        tokens.expect("INTO");
        tokens.accept("BRANCH");
        var into = RefReader.branch(tokens);
        return tokens.accept("DRY", "RUN")
                ? new Statement.ForecastMerge(from, into)
                : new Statement.MergeBranch(from, into);
    }

    private Statement useSchema() {
        tokens.accept("SCHEMA");
        return new Statement.UseSchema(reading.schemaName());
    }
}
