package dev.sluice.planner;

import dev.sluice.core.Alteration;
import dev.sluice.core.Alteration.Place;
import dev.sluice.core.Code;
import dev.sluice.core.ColumnPath;
import dev.sluice.core.Failure;
import dev.sluice.core.QualifiedName;
import dev.sluice.core.SortKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads ALTER TABLE. */
final class AlterReader {
    private static final Set<String> ACTIONS =
            Set.of("ADD", "ALTER", "CHANGE", "DROP", "RENAME", "REPLACE", "SET", "UNSET", "WRITE");

    private final Reading reading;
    private final Tokens tokens;
    private final ColumnReader columns;

    AlterReader(Reading reading) {
        this.reading = reading;
        this.tokens = reading.tokens();
        this.columns = new ColumnReader(tokens);
    }

    Statement table() {
        var ifExists = reading.ifExists();
        var table = reading.target();
        if (tokens.accept("RENAME", "TO")) {
            return new Statement.RenameTable(table, newName(table), ifExists);
        }
        var actions = new ArrayList<Alteration>();
        do {
            actions.addAll(action());
        } while (tokens.acceptSymbol(','));
        return new Statement.AlterTable(table, actions, ifExists);
    }

    /** A name without a schema stays in the table's. */
    QualifiedName newName(TableRef table) {
        if (!tokens.peek(1).isSymbol('.')) {
            return new QualifiedName(table.name().schema(), tokens.name("the new name"));
        }
        return reading.qualifiedName("the new name");
    }

    private List<Alteration> action() {
        if (tokens.accept("ADD")) {
            return add();
        }
        if (tokens.accept("DROP")) {
            return drop();
        }
        if (tokens.accept("RENAME")) {
            tokens.accept("COLUMN");
            var path = columns.path();
            tokens.expect("TO");
            return List.of(new Alteration.RenameColumn(path, tokens.name("the new name")));
        }
        if (tokens.accept("ALTER") || tokens.accept("CHANGE")) {
            tokens.accept("COLUMN");
            return column(columns.path());
        }
        if (tokens.accept("REPLACE", "PARTITION", "FIELD")) {
            var field = partitions().field();
            tokens.expect("WITH");
            return List.of(
                    new Alteration.ReplacePartitionField(field, partitions().field(), partitionName()));
        }
        if (tokens.accept("SET")) {
            return List.of(set());
        }
        if (tokens.accept("UNSET", "TBLPROPERTIES")) {
            var ifExists = reading.ifExists();
            return List.of(new Alteration.UnsetProperties(new PropertyReader(tokens).keys(), ifExists));
        }
        if (tokens.accept("WRITE")) {
            return write();
        }
        throw tokens.expected("ADD, ALTER, DROP, RENAME, REPLACE PARTITION FIELD, SET, UNSET TBLPROPERTIES or WRITE");
    }

    private List<Alteration> add() {
        if (tokens.accept("PARTITION", "FIELD")) {
            return List.of(new Alteration.AddPartitionField(partitions().field(), partitionName()));
        }
        columns.refuseTableConstraint();
        var many = tokens.accept("COLUMNS");
        if (!many) {
            tokens.accept("COLUMN");
        }
        var ifNotExists = reading.ifNotExists();
        var bracket = tokens.acceptSymbol('(');
        var added = new ArrayList<Alteration>();
        do {
            var path = columns.path();
            added.add(new Alteration.AddColumn(path, columns.column(path.last()), place(), ifNotExists));
        } while ((bracket || (many && !isActionNext())) && tokens.acceptSymbol(','));
        if (bracket) {
            tokens.expectSymbol(')');
        }
        return added;
    }

    /** Whether the next comma is before another action. */
    private boolean isActionNext() {
        return ACTIONS.stream().anyMatch(tokens.peek(1)::is);
    }

    private List<Alteration> drop() {
        if (tokens.accept("PARTITION", "FIELD")) {
            return List.of(new Alteration.DropPartitionField(partitions().field()));
        }
        columns.refuseTableConstraint();
        if (!tokens.accept("COLUMNS")) {
            tokens.accept("COLUMN");
        }
        var ifExists = reading.ifExists();
        var bracket = tokens.acceptSymbol('(');
        var dropped = new ArrayList<Alteration>();
        do {
            dropped.add(new Alteration.DropColumn(columns.path(), ifExists));
        } while (bracket && tokens.acceptSymbol(','));
        if (bracket) {
            tokens.expectSymbol(')');
        }
        return dropped;
    }

    /** One change of a column, or more without a comma between. */
    private List<Alteration> column(ColumnPath path) {
        var changes = new ArrayList<Alteration>();
        for (var change = columnChange(path); change.isPresent(); change = columnChange(path)) {
            changes.add(change.get());
        }
        if (changes.isEmpty()) {
            throw tokens.expected("TYPE, SET, DROP, COMMENT, FIRST or AFTER");
        }
        return changes;
    }

    private Optional<Alteration> columnChange(ColumnPath path) {
        if (tokens.accept("TYPE") || tokens.accept("SET", "DATA", "TYPE")) {
            return Optional.of(new Alteration.SetType(path, new TypeReader(tokens).field(path.last())));
        }
        if (tokens.accept("SET", "NOT", "NULL")) {
            return Optional.of(new Alteration.SetNotNull(path));
        }
        if (tokens.accept("DROP", "NOT", "NULL")) {
            return Optional.of(new Alteration.DropNotNull(path));
        }
        if (tokens.accept("SET", "DEFAULT")) {
            return Optional.of(new LiteralReader(tokens)
                    .read()
                    .<Alteration>map(text -> new Alteration.SetDefault(path, text))
                    .orElseGet(() -> new Alteration.DropDefault(path)));
        }
        if (tokens.accept("DROP", "DEFAULT")) {
            return Optional.of(new Alteration.DropDefault(path));
        }
        if (tokens.accept("COMMENT")) {
            return Optional.of(new Alteration.SetComment(path, tokens.string("a comment")));
        }
        return place().map(place -> new Alteration.Move(path, place));
    }

    private Optional<Place> place() {
        if (tokens.accept("FIRST")) {
            return Optional.of(new Place.First());
        }
        return tokens.accept("AFTER")
                ? Optional.of(new Place.After(tokens.name("the name of a column")))
                : Optional.empty();
    }

    /** The property tells other engines whether rows are also to be dealt out to writers by the order. */
    private List<Alteration> write() {
        if (tokens.accept("UNORDERED")) {
            return ordered(List.of(), "none");
        }
        var distribution = tokens.accept("LOCALLY") ? "none" : "range";
        tokens.expect("ORDERED", "BY");
        return ordered(new SortReader(tokens, List.of()).keys(this::isActionNext), distribution);
    }

    private static List<Alteration> ordered(List<SortKey> keys, String distribution) {
        return List.of(
                new Alteration.SetOrder(keys),
                new Alteration.SetProperties(Map.of("write.distribution-mode", distribution)));
    }

    private Alteration set() {
        if (tokens.accept("TBLPROPERTIES")) {
            return new Alteration.SetProperties(new PropertyReader(tokens).properties());
        }
        if (tokens.accept("PARTITIONED", "BY")) {
            return new Alteration.SetPartitioning(partitions().fields());
        }
        if (tokens.accept("UNPARTITIONED")) {
            return new Alteration.SetPartitioning(List.of());
        }
        if (tokens.at("LOCATION")) {
            throw tokens.draft()
                    .failure(
                            Code.UNSUPPORTED,
                            "A table's location cannot be set: the catalog chooses it",
                            tokens.peek().start());
        }
        throw tokens.expected("TBLPROPERTIES, PARTITIONED BY or UNPARTITIONED");
    }

    private PartitionReader partitions() {
        return new PartitionReader(tokens, List.of());
    }

    private Optional<String> partitionName() {
        return tokens.accept("AS") ? Optional.of(tokens.name("the name of a partition field")) : Optional.empty();
    }

    /** {@code COMMENT ON TABLE t IS '…'} and {@code COMMENT ON COLUMN t.c IS '…'}. */
    Statement comment() {
        tokens.expect("ON");
        if (tokens.accept("TABLE")) {
            var table = reading.target();
            return new Statement.AlterTable(table, List.of(tableComment(said())), false);
        }
        tokens.expect("COLUMN");
        var path = columns.path();
        var destination = reading.branch();
        for (var length = 1; length < path.names().size(); length++) {
            var table = TableResolver.name(
                            path.names().subList(0, length), reading.context().defaultSchema())
                    .map(name -> Reading.table(name, destination, path.position()));
            if (table.isPresent()
                    && TableResolver.find(table.get(), reading.context()).isPresent()) {
                var column =
                        new ColumnPath(path.names().subList(length, path.names().size()), path.position());
                var change = new Alteration.SetComment(column, said());
                return new Statement.AlterTable(table.get(), List.of(change), false);
            }
        }
        throw new Failure.NotFound(
                        Code.COLUMN_NOT_FOUND,
                        "'" + path + "' is no column of a table: expected table.column",
                        Optional.of(path.position()))
                .exception();
    }

    private static Alteration tableComment(String comment) {
        return comment.isEmpty()
                ? new Alteration.UnsetProperties(Set.of("comment"), true)
                : new Alteration.SetProperties(Map.of("comment", comment));
    }

    /** Empty for NULL. */
    private String said() {
        tokens.expect("IS");
        return tokens.accept("NULL") ? "" : tokens.string("a comment");
    }
}
