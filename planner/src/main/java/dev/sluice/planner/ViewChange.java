package dev.sluice.planner;

import dev.sluice.core.QualifiedName;
import dev.sluice.planner.Statement.Existing;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What a statement does with a view. */
public sealed interface ViewChange {
    /**
     * A new view.
     *
     * @param columns names for the query's columns, one for each; empty to take the query's own
     */
    record Create(Existing existing, List<Column> columns, Map<String, String> properties, Query query)
            implements ViewChange {
        public Create {
            columns = List.copyOf(columns);
            properties = Map.copyOf(properties);
        }
    }

    /** A column, as CREATE VIEW names it. */
    record Column(String name, Optional<String> comment) {}

    /**
     * The query of a view.
     *
     * @param sql its text
     * @param defaultSchema schema of the names in the text that have none
     * @param plan what it gives now
     */
    record Query(String sql, String defaultSchema, Statement.Query plan) {}

    /** Another query. */
    record SetQuery(Query query, boolean ifExists) implements ViewChange {}

    /**
     * Other properties.
     *
     * @param set those that get a value
     * @param unset those that go
     */
    record SetProperties(Map<String, String> set, Set<String> unset, boolean ifExists) implements ViewChange {
        public SetProperties {
            set = Map.copyOf(set);
            unset = Set.copyOf(unset);
        }
    }

    record Rename(QualifiedName to, boolean ifExists) implements ViewChange {}

    record Drop(boolean ifExists) implements ViewChange {}
}
