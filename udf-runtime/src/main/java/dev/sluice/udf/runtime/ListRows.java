package dev.sluice.udf.runtime;

import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Writes lists, element by element. */
final class ListRows implements VectorWriter.Rows {
    private final NestedVectors vectors;
    private final long vector;
    private final VectorWriter element;
    private final Function<Object, List<?>> listing;
    private final ElementRoom room;
    private long opened = -1;
    private VectorWriter.Rows elements = (_, _) -> {};

    /** @param listing the elements of a value */
    ListRows(NestedVectors vectors, long vector, VectorWriter element, Function<Object, List<?>> listing) {
        this.vectors = vectors;
        this.vector = vector;
        this.element = element;
        this.listing = listing;
        this.room = new ElementRoom(vectors, vector);
    }

    @Override
    public void write(long row, @Nullable Object value) throws Throwable {
        if (value == null) {
            vectors.setNull(vectors.writableValidity(vector), row);
            return;
        }
        var list = listing.apply(value);
        var at = room.append(row, list.size());
        if (room.capacity() != opened) {
            opened = room.capacity();
            elements = element.open(vectors.elements(vector));
        }
        for (var one : list) {
            elements.write(at++, one);
        }
    }
}
