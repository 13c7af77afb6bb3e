package dev.sluice.planner;

import dev.sluice.core.Code;
import dev.sluice.core.Failure;
import dev.sluice.core.FailureException;
import dev.sluice.core.FunctionKind;
import dev.sluice.core.QualifiedName;
import dev.sluice.core.Ref;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.arrow.vector.types.pojo.Schema;

/** A planner over a few tables that also lie in a real DuckDB, which is its second parser. */
final class Lake implements AutoCloseable {
    static final Instant NOW = Instant.parse("2024-06-01T12:00:00Z");

    private final Connection duck;
    private final Map<QualifiedName, Schema> tables = new HashMap<>();
    private final Map<QualifiedName, FunctionKind> functions = new HashMap<>();
    final List<TableRef> asked = new ArrayList<>();
    final Planner planner;

    Lake() throws SQLException {
        duck = DriverManager.getConnection("jdbc:duckdb:");
        planner = new Planner(this::serialize, engineFunctions());
    }

    /** Creates a table here and in DuckDB, where it is called {@code lake_<name>}. */
    Lake table(String name, String columns) {
        var create = (Statement.CreateTable) planner.plan("CREATE TABLE " + name + " (" + columns + ")", context());
        tables.put(new QualifiedName("public", name.toLowerCase(Locale.ROOT)), create.columns());
        execute("CREATE TABLE lake_" + name + " (" + columns + ")");
        return this;
    }

    Lake function(String name) {
        functions.put(new QualifiedName("public", name), FunctionKind.SCALAR);
        execute("CREATE FUNCTION lake_" + name + "(x) AS x * 2");
        return this;
    }

    Lake tableFunction(String name) {
        functions.put(new QualifiedName("public", name), FunctionKind.TABLE);
        execute("CREATE FUNCTION lake_" + name + "(x) AS TABLE SELECT x AS i FROM range(x)");
        return this;
    }

    PlanContext context() {
        return new PlanContext("public", NOW, this::find, this::findFunction, _ -> Optional.empty());
    }

    private Optional<Schema> find(TableRef table) {
        asked.add(table);
        if (table.ref().equals(Optional.of(new Ref.Branch("nope")))) {
            throw new Failure.NotFound(Code.REF_NOT_FOUND, "Branch 'nope' does not exist", Optional.empty())
                    .exception();
        }
        return Optional.ofNullable(tables.get(table.name().folded()));
    }

    private Optional<FunctionKind> findFunction(QualifiedName name) {
        return Optional.ofNullable(functions.get(name.folded()));
    }

    DuckReader second() {
        return new DuckReader(this::serialize);
    }

    Statement plan(String sql) {
        return planner.plan(sql, context());
    }

    Statement.Query query(String sql) {
        return (Statement.Query) plan(sql);
    }

    /** A query's text with {@code «schema.table»} and {@code ‹function›} for the holes. */
    String text(String sql) {
        return text(query(sql));
    }

    static String text(Statement.Query query) {
        return query.sql()
                .render(scan -> "«" + query.scans().get(scan).table().name() + "»", function -> "‹" + function + "›")
                .sql();
    }

    /** A query's text that runs in this lake's DuckDB. */
    static String runnable(Statement.Query query) {
        return query.sql()
                .render(
                        scan -> "(SELECT * FROM lake_"
                                + query.scans().get(scan).table().name().name() + ")",
                        function -> "lake_" + function.name())
                .sql();
    }

    void execute(String sql) {
        try (var statement = duck.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new AssertionError(sql, e);
        }
    }

    /** Rows, each as its values' text. */
    List<String> rows(String sql) {
        try (var statement = duck.createStatement();
                var result = statement.executeQuery(sql)) {
            var rows = new ArrayList<String>();
            while (result.next()) {
                var row = new ArrayList<String>();
                for (var column = 1; column <= result.getMetaData().getColumnCount(); column++) {
                    row.add(result.getMetaData().getColumnLabel(column) + "=" + result.getString(column));
                }
                rows.add(String.join(", ", row));
            }
            return rows;
        } catch (SQLException e) {
            throw new AssertionError(sql, e);
        }
    }

    Failure failure(String sql) {
        try {
            throw new AssertionError("Planned: " + plan(sql));
        } catch (FailureException e) {
            return e.failure();
        }
    }

    /** {@code CODE line:column message}. */
    String refusal(String sql) {
        var failure = failure(sql);
        return failure.code()
                + failure.position()
                        .map(place -> " " + place.line() + ":" + place.column())
                        .orElse("")
                + " " + failure.message();
    }

    private String serialize(String sql) {
        try (var statement = duck.prepareStatement("SELECT json_serialize_sql(?::VARCHAR)")) {
            statement.setString(1, sql);
            try (var result = statement.executeQuery()) {
                result.next();
                return result.getString(1);
            }
        } catch (SQLException e) {
            throw new AssertionError(sql, e);
        }
    }

    private Set<String> engineFunctions() {
        return rows("SELECT DISTINCT lower(function_name) AS f FROM duckdb_functions()").stream()
                .map(row -> row.substring(2))
                .collect(Collectors.toSet());
    }

    @Override
    public void close() throws SQLException {
        duck.close();
    }
}
