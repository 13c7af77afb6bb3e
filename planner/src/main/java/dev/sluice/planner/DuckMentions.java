package dev.sluice.planner;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.core.Code;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.StreamSupport;

/**
 * Finds the tables and functions in a query that DuckDB has read. Anything that is no plain query, such as an INSERT in
 * a common table expression, is refused. Confined to one thread, for one query.
 */
final class DuckMentions {
    private static final Set<String> QUERIES =
            Set.of("SELECT_NODE", "SET_OPERATION_NODE", "RECURSIVE_CTE_NODE", "CTE_NODE");

    private final Utf8Map characters;
    private final Draft draft;
    private final CommonTables commonTables = new CommonTables();
    private final List<Mentions.Table> tables = new ArrayList<>();
    private final List<Mentions.Function> functions = new ArrayList<>();

    DuckMentions(String sql, Draft draft) {
        this.characters = new Utf8Map(sql);
        this.draft = draft;
    }

    Mentions of(JsonNode tree) {
        walk(tree);
        return new Mentions(tables, functions, List.of(), new Mentions.Parser.DuckDb(tree));
    }

    private void walk(JsonNode node) {
        if (node.isArray()) {
            node.forEach(this::walk);
        } else if (node.has("cte_map")) {
            commonTables.enter();
            checkQuery(node);
            node.path("cte_map").path("map").forEach(this::commonTable);
            visit(node);
            commonTables.leave();
        } else if (node.isObject()) {
            visit(node);
        }
    }

    private void commonTable(JsonNode entry) {
        var name = entry.path("key").asText();
        var query = entry.path("value");
        commonTables.enter();
        if ("RECURSIVE_CTE_NODE".equals(query.path("query_node").path("type").asText())) {
            commonTables.define(name);
        }
        walk(query);
        commonTables.leave();
        commonTables.define(name);
    }

    private void checkQuery(JsonNode node) {
        if (!QUERIES.contains(node.path("type").asText())) {
            throw draft.forbidden("A query cannot change data: move the INSERT, UPDATE or DELETE out of it", 0);
        }
    }

    private void visit(JsonNode node) {
        switch (node.path("type").asText()) {
            case "BASE_TABLE" -> table(node);
            case "TABLE_FUNCTION" -> {
                var place = node.path("alias").asText().isEmpty() ? Mentions.Place.FROM : Mentions.Place.FROM_ALIASED;
                functions.add(new Mentions.Function(start(node), path(node.path("function")), place));
                node.path("function").forEach(this::walk);
                return;
            }
            case "FUNCTION", "WINDOW_AGGREGATE" -> function(node);
            case "SHOW_REF" -> {
                if (!node.path("query").isObject()) {
                    throw draft.failure(Code.UNSUPPORTED, "SHOW cannot stand inside a query", 0);
                }
            }
            default -> {}
        }
        for (var field : node.properties()) {
            if (!"cte_map".equals(field.getKey())) {
                walk(field.getValue());
            }
        }
    }

    private void function(JsonNode node) {
        if (!node.path("is_operator").asBoolean()) {
            functions.add(new Mentions.Function(start(node), path(node), Mentions.Place.EXPRESSION));
        }
    }

    private void table(JsonNode node) {
        var path = path(node);
        if (node.path("at_clause").isObject()) {
            throw draft.failure(
                    Code.UNSUPPORTED,
                    "AT (VERSION …) is not known here: write FOR VERSION AS OF or FOR SYSTEM_TIME AS OF",
                    start(node));
        }
        if (!commonTables.contains(path)) {
            tables.add(new Mentions.Table(
                    start(node), path, !node.path("alias").asText().isEmpty()));
        }
    }

    private static List<String> path(JsonNode node) {
        return StreamSupport.stream(node.path("qualified_name").path("path").spliterator(), false)
                .map(JsonNode::asText)
                .toList();
    }

    /** -1 where DuckDB does not say. */
    private int start(JsonNode node) {
        var location = node.path("query_location");
        return location.canConvertToInt() ? characters.character(location.asInt()) : -1;
    }
}
