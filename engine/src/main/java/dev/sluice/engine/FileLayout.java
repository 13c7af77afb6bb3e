package dev.sluice.engine;

import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * How data files are cut and compressed.
 *
 * @param fileBytes how long a file is to be, about
 * @param level of zstd; DuckDB knows none for the other codecs
 * @param rowGroupBytes how long a row group may be before compression, about; a row group never has more than 122,880
 *     rows
 */
public record FileLayout(long fileBytes, Codec codec, OptionalInt level, OptionalLong rowGroupBytes) {
    /** What a table has that says nothing: files of 512 MiB, zstd. */
    public static final FileLayout STANDARD =
            new FileLayout(512L << 20, Codec.ZSTD, OptionalInt.empty(), OptionalLong.empty());

    public FileLayout {
        if (fileBytes < 1) {
            throw new IllegalArgumentException("A file cannot have " + fileBytes + " bytes");
        }
    }

    /** How pages are compressed. */
    public enum Codec {
        ZSTD,
        SNAPPY,
        GZIP,
        LZ4,
        BROTLI,
        UNCOMPRESSED
    }
}
