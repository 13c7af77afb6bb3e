package dev.sluice.server.query;

import dev.sluice.catalog.TableVersion;
import dev.sluice.core.Code;
import dev.sluice.core.Failure;
import dev.sluice.core.FailureException;
import dev.sluice.engine.FileLayout;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.function.Function;

/** How a table's files are cut and compressed, by its properties; another engine may have set what is refused here. */
final class TableLayout {
    private static final String FILE_BYTES = "write.target-file-size-bytes";
    private static final String CODEC = "write.parquet.compression-codec";
    private static final String LEVEL = "write.parquet.compression-level";
    private static final String ROW_GROUP_BYTES = "write.parquet.row-group-size-bytes";

    private final TableVersion table;

    private TableLayout(TableVersion table) {
        this.table = table;
    }

    static FileLayout of(TableVersion table) {
        return new TableLayout(table).read();
    }

    private FileLayout read() {
        var standard = FileLayout.STANDARD;
        return new FileLayout(
                find(FILE_BYTES, TableLayout::bytes).orElse(standard.fileBytes()),
                find(CODEC, text -> FileLayout.Codec.valueOf(text.toUpperCase(Locale.ROOT)))
                        .orElse(standard.codec()),
                find(LEVEL, Integer::valueOf).map(OptionalInt::of).orElse(standard.level()),
                find(ROW_GROUP_BYTES, TableLayout::bytes).map(OptionalLong::of).orElse(standard.rowGroupBytes()));
    }

    private static long bytes(String text) {
        return Math.max(1, Long.parseLong(text));
    }

    private <T> Optional<T> find(String key, Function<String, T> reading) {
        var text = Optional.ofNullable(table.properties().get(key));
        try {
            return text.map(reading);
        } catch (IllegalArgumentException e) {
            var failure = new Failure.Invalid(
                    Code.INVALID_VALUE,
                    "Table '" + table.name() + "' cannot be written: property " + key + " is '" + text.orElseThrow()
                            + "', set another value by ALTER TABLE",
                    Optional.empty());
            throw new FailureException(failure, e);
        }
    }
}
