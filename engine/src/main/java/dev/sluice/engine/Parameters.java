package dev.sluice.engine;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Binds values to a statement's parameters. */
final class Parameters {
    private Parameters() {}

    static void bind(PreparedStatement statement, List<@Nullable Object> values) throws SQLException {
        bind(statement, values, values.size());
    }

    /** Binds {@code count} parameters; those without a value are null. */
    static void bind(PreparedStatement statement, List<@Nullable Object> values, int count) throws SQLException {
        for (var i = 0; i < count; i++) {
            var value = i < values.size() ? values.get(i) : null;
            if (value == null) {
                statement.setNull(i + 1, Types.NULL);
            } else {
                statement.setObject(i + 1, value);
            }
        }
    }
}
