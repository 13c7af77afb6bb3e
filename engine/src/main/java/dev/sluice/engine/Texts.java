package dev.sluice.engine;

import dev.sluice.core.Code;
import dev.sluice.core.Failure;
import dev.sluice.core.Failure.Position;
import dev.sluice.core.QualifiedName;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Small questions to DuckDB whose answers are text. */
final class Texts {
    private Texts() {}

    static String parse(Database database, String sql) {
        try (var connection = database.connect();
                var statement = connection.prepareStatement("SELECT json_serialize_sql(CAST(? AS VARCHAR))")) {
            statement.setString(1, sql);
            try (var rows = statement.executeQuery()) {
                rows.next();
                return required(rows.getString(1), sql);
            }
        } catch (SQLException e) {
            throw DuckDbFailures.of(e, sql);
        }
    }

    /** The tree, unless it says that there is none. */
    private static String required(String tree, String sql) {
        if (!tree.startsWith("{\"error\":true")) {
            return tree;
        }
        var failure = DuckDbFailures.parseError(tree, sql);
        var position = failure.offset().isPresent()
                ? Optional.of(Position.of(sql, failure.offset().getAsInt()))
                : Optional.<Position>empty();
        throw new Failure.Invalid(Code.SYNTAX_ERROR, failure.failure().message(), position).exception();
    }

    /** DuckDB's plan of a query, which is not run. */
    static String plan(Database database, EngineQuery query) {
        try (var connection = database.connect()) {
            return plan(connection, "EXPLAIN ", query, new Cancellation());
        } catch (SQLException e) {
            throw DuckDbFailures.of(e, query.sql());
        }
    }

    static String plan(Connection connection, String verb, EngineQuery query, Cancellation cancellation) {
        try (var statement = connection.prepareStatement(verb + query.sql())) {
            Parameters.bind(statement, query.parameters());
            try (var rows = statement.executeQuery()) {
                rows.next();
                return rows.getString(2);
            }
        } catch (SQLException e) {
            throw DuckDbFailures.of(e, verb + query.sql(), cancellation).shifted(verb.length());
        }
    }

    static List<String> functionNames(Database database) {
        var names = new ArrayList<String>();
        try (var connection = database.connect();
                var statement = connection.createStatement();
                var rows = statement.executeQuery("SELECT DISTINCT lower(function_name) FROM duckdb_functions()")) {
            while (rows.next()) {
                names.add(rows.getString(1));
            }
            return names;
        } catch (SQLException e) {
            throw DuckDbFailures.of(e, "");
        }
    }

    /** Reads a Parquet file; whether that gave rows says nothing. */
    static boolean readFile(Connection connection, Path file, Engine.Reading reading) throws SQLException {
        var name = QualifiedName.literal(file.toString());
        try (var statement = connection.createStatement()) {
            return statement.execute(
                    switch (reading) {
                        case FOOTER -> "SELECT count(*) FROM parquet_metadata(" + name + ")";
                        case ROWS -> "SELECT max(hash(row_)) FROM read_parquet(" + name + ") AS row_";
                    });
        }
    }
}
