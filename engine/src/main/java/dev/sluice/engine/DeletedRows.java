package dev.sluice.engine;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.LongConsumer;
import org.roaringbitmap.IntConsumer;
import org.roaringbitmap.RoaringBitmap;

/** Numbers of rows that one data file has lost: a bitmap for each 2<sup>32</sup> rows. Does not change. */
final class DeletedRows {
    static final DeletedRows NONE = new DeletedRows(List.of());

    private final List<RoaringBitmap> parts;

    private DeletedRows(List<RoaringBitmap> parts) {
        this.parts = List.copyOf(parts);
    }

    /** Collects numbers in any order. Confined to one thread. */
    static final class Builder {
        private final TreeMap<Integer, RoaringBitmap> parts = new TreeMap<>();
        private RoaringBitmap last = new RoaringBitmap();
        private int lastPart = -1;

        void add(long row) {
            if (row < 0) {
                throw new IllegalArgumentException("A row's number is " + row);
            }
            if (part(row) != lastPart) {
                lastPart = part(row);
                last = parts.computeIfAbsent(lastPart, _ -> new RoaringBitmap());
            }
            last.add((int) row);
        }

        DeletedRows build() {
            return DeletedRows.of(parts);
        }
    }

    /**
     * The bitmaps in Roaring's portable 64-bit format, from the buffer's position on: their number, then for each its
     * high 32 bits and the bitmap of the low ones, in little-endian order.
     */
    static DeletedRows read(ByteBuffer portable) {
        var count = portable.getLong();
        var parts = new TreeMap<Integer, RoaringBitmap>();
        for (var i = 0L; i < count; i++) {
            var key = portable.getInt();
            var bitmap = new RoaringBitmap();
            try {
                bitmap.deserialize(portable);
            } catch (IOException e) {
                throw new IllegalArgumentException("Not a bitmap: " + e.getMessage(), e);
            }
            portable.position(portable.position() + bitmap.serializedSizeInBytes());
            parts.put(key, bitmap);
        }
        return of(parts);
    }

    /** All rows that one of them has. */
    static DeletedRows union(List<DeletedRows> all) {
        if (all.size() == 1) {
            return all.getFirst();
        }
        var parts = new TreeMap<Integer, RoaringBitmap>();
        for (var rows : all) {
            for (var i = 0; i < rows.parts.size(); i++) {
                parts.computeIfAbsent(i, _ -> new RoaringBitmap()).or(rows.parts.get(i));
            }
        }
        return of(parts);
    }

    private static DeletedRows of(SortedMap<Integer, RoaringBitmap> parts) {
        if (parts.isEmpty()) {
            return NONE;
        }
        var all = new ArrayList<RoaringBitmap>();
        for (var i = 0; i <= parts.lastKey(); i++) {
            var part = parts.getOrDefault(i, new RoaringBitmap());
            part.runOptimize();
            all.add(part);
        }
        return new DeletedRows(all);
    }

    private static int part(long row) {
        return (int) (row >>> Integer.SIZE);
    }

    boolean contains(long row) {
        var part = part(row);
        return part < parts.size() && parts.get(part).contains((int) row);
    }

    /** Visits the deleted rows among {@code count} rows from {@code first} on. */
    void forEach(long first, int count, LongConsumer visitor) {
        for (var part = part(first); part <= part(first + count - 1) && part < parts.size(); part++) {
            var base = (long) part << Integer.SIZE;
            var from = Math.max(first, base);
            var until = Math.min(first + count, base + (1L << Integer.SIZE));
            IntConsumer each = low -> visitor.accept(base | Integer.toUnsignedLong(low));
            parts.get(part).forEachInRange((int) from, (int) (until - from), each);
        }
    }

    /** Visits all of them, in order. */
    void forEach(LongConsumer visitor) {
        for (var part = 0; part < parts.size(); part++) {
            var base = (long) part << Integer.SIZE;
            parts.get(part).forEach((IntConsumer) low -> visitor.accept(base | Integer.toUnsignedLong(low)));
        }
    }

    long cardinality() {
        return parts.stream().mapToLong(RoaringBitmap::getLongCardinality).sum();
    }

    /** What it takes of the heap, about. */
    long bytes() {
        return 64 + parts.stream().mapToLong(RoaringBitmap::getLongSizeInBytes).sum();
    }
}
