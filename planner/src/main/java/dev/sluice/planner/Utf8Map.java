package dev.sluice.planner;

import java.nio.charset.StandardCharsets;

/** The way from bytes of a text's UTF-8, in which DuckDB counts, to its characters. */
final class Utf8Map {
    private final String text;
    private final byte[] utf8;

    Utf8Map(String text) {
        this.text = text;
        this.utf8 = text.getBytes(StandardCharsets.UTF_8);
    }

    int character(int bytes) {
        if (utf8.length == text.length()) {
            return Math.clamp(bytes, 0, utf8.length);
        }
        return new String(utf8, 0, Math.clamp(bytes, 0, utf8.length), StandardCharsets.UTF_8).length();
    }
}
