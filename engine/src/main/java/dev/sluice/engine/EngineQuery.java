package dev.sluice.engine;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * SQL that DuckDB can run as it stands.
 *
 * @param parameters a value for each {@code ?}, of the classes that {@code dev.sluice.core.Filter} lists, byte arrays
 *     or null
 */
public record EngineQuery(String sql, List<@Nullable Object> parameters) {
    public EngineQuery(String sql, List<@Nullable Object> parameters) {
        this.sql = sql;
        this.parameters = Collections.unmodifiableList(new ArrayList<>(parameters));
    }

    public EngineQuery(String sql) {
        this(sql, List.of());
    }
}
