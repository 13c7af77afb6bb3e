package dev.sluice.engine;

import org.apache.arrow.vector.types.pojo.Schema;

/**
 * What a query will give and take, known before it runs.
 *
 * @param result its columns, exactly as its batches will have them
 * @param stored the columns of a table that is to hold the rows; a UUID differs, which clients get as text
 * @param parameters a field for each {@code ?}; of the Null type where DuckDB cannot tell
 */
public record Description(Schema result, Schema stored, Schema parameters) {}
