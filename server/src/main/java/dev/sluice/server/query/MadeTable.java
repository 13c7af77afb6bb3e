package dev.sluice.server.query;

import java.util.function.Function;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.ipc.ArrowReader;
import org.apache.arrow.vector.types.pojo.Schema;

/**
 * A table that nobody wrote: the server makes its rows when a query reads it.
 *
 * @param rows opens a reader of all rows, for the caller to close
 */
record MadeTable(Schema columns, Function<BufferAllocator, ArrowReader> rows) {}
