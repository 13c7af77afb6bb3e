package dev.sluice.catalog;

import java.nio.file.Path;
import java.util.OptionalLong;

/**
 * A file that some commit needs.
 *
 * @param bytes its length, where what names it tells
 * @param owner the table, view or function whose it is
 */
public record LiveFile(Path path, Kind kind, OptionalLong bytes, String owner) {
    /** What stands in it. */
    public enum Kind {
        TABLE_METADATA("table metadata"),
        MANIFEST_LIST("manifest list"),
        MANIFEST("manifest"),
        DATA("data file"),
        DELETES("delete file"),
        DELETION_VECTORS("file of deletion vectors"),
        STATISTICS("statistics"),
        LOADS("list of loaded files"),
        VIEW("view"),
        FUNCTION("function");

        private final String label;

        Kind(String label) {
            this.label = label;
        }

        @Override
        public String toString() {
            return label;
        }
    }
}
