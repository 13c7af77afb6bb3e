package dev.sluice.udf.runtime;

/** The elements of a vector of lists, which grows as rows are appended. Confined to one thread. */
final class ElementRoom {
    private static final long FIRST = 2048;

    private final NestedVectors vectors;
    private final long vector;
    private long size;
    private long capacity;

    ElementRoom(NestedVectors vectors, long vector) {
        this.vectors = vectors;
        this.vector = vector;
        this.size = vectors.elementCount(vector);
    }

    /** Gives a row {@code length} elements, and says which is the first; their vectors may have moved. */
    long append(long row, int length) {
        var start = size;
        size += length;
        if (size > capacity) {
            capacity = Math.max(FIRST, 2 * size);
            vectors.reserveElements(vector, capacity);
        }
        vectors.appendEntry(vector, vectors.data(vector), row, start, length);
        return start;
    }

    /** Changes when the elements' vectors may have moved. */
    long capacity() {
        return capacity;
    }
}
