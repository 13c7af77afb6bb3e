package dev.sluice.engine;

import com.google.errorprone.annotations.MustBeClosed;
import dev.sluice.udf.Column;
import dev.sluice.udf.Table;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.types.pojo.Field;

/** A query that runs while a function reads its rows. Used by one thread at a time. */
final class InputTable implements Table, AutoCloseable {
    private final Supplier<Execution> start;
    private Optional<Execution> running = Optional.empty();

    /** @param start starts the query, which is done when its columns or rows are asked for */
    @MustBeClosed
    InputTable(Supplier<Execution> start) {
        this.start = start;
    }

    private Execution query() {
        if (running.isEmpty()) {
            running = Optional.of(start.get());
        }
        return running.get();
    }

    @Override
    public List<String> columns() {
        return query().schema().getFields().stream().map(Field::getName).toList();
    }

    @Override
    public boolean next() {
        var query = query();
        while (query.next()) {
            if (query.root().getRowCount() > 0) {
                return true;
            }
        }
        return false;
    }

    @Override
    public int rows() {
        return query().root().getRowCount();
    }

    @Override
    public Column column(String name) {
        var names = columns();
        for (var i = 0; i < names.size(); i++) {
            if (names.get(i).equalsIgnoreCase(name)) {
                FieldVector vector = query().root().getVector(i);
                return new InputColumn(names.get(i), vector);
            }
        }
        throw new IllegalArgumentException(
                "Column '" + name + "' does not exist: the table has " + String.join(", ", names));
    }

    @Override
    public void close() {
        running.ifPresent(Execution::close);
        running = Optional.empty();
    }
}
