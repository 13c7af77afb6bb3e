/** The files that COPY INTO reads, wherever they are. Start at {@code SourceFiles}; knows nothing of tables. */
@NullMarked
package dev.sluice.server.files;

import org.jspecify.annotations.NullMarked;
