package dev.sluice.udf.runtime;

import org.apache.arrow.vector.types.pojo.Field;

/**
 * An engine's vectors of lists, maps and structs. A list's vector has entries, each a range of the vector of its
 * elements; a map is a list of structs of a key and a value; a struct has a vector for each of its fields. Addresses
 * are {@code long}. Thread-safe.
 */
public interface NestedVectors {
    /** Address of a vector's values; it may change when the vector grows. */
    long data(long vector);

    /** Address of a vector's validity mask, 0 where all rows are valid. */
    long validity(long vector);

    /** Address of a validity mask that can be written, all valid at first. */
    long writableValidity(long vector);

    /** Whether a row is valid in a mask. */
    boolean isValid(long validity, long row);

    /** Makes a row null in a mask. */
    void setNull(long validity, long row);

    /** The vector of a struct's field. */
    long field(long vector, int index);

    /** The vector of a list's elements. */
    long elements(long vector);

    /** How many elements the lists of a vector have together. */
    long elementCount(long vector);

    /** Makes room for elements, which must be counted from 0; the addresses of the elements' vectors may change. */
    void reserveElements(long vector, long capacity);

    /** Writes a row's range of elements, the last so far. */
    void appendEntry(long vector, long data, long row, long start, int length);

    /** The first element of a row. */
    long entryStart(long data, long row);

    /** The number of elements of a row. */
    int entryLength(long data, long row);

    /** How values of a type are an array of its primitive type. */
    PrimitiveArrays arrays(Field type);

    /** Copies between vectors and arrays of one primitive type. */
    interface PrimitiveArrays {
        /** A new array of {@code length} values from {@code start} on. */
        Object read(long data, long start, int length);

        /** The length of an array. */
        int length(Object array);

        /** Writes all of an array from {@code start} on. */
        void write(long data, long start, Object array);
    }
}
