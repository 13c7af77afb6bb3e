package dev.sluice.s3;

import dev.sluice.core.RemoteFiles.Range;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/** A set of numbers, kept as ranges that do not touch. Confined to one thread. */
final class Ranges {
    private final TreeMap<Long, Long> ends = new TreeMap<>();

    void add(Range range) {
        var from = range.from();
        var to = range.to();
        var before = ends.floorEntry(from);
        if (before != null && before.getValue() >= from) {
            from = before.getKey();
            to = Math.max(to, before.getValue());
        }
        for (var next = ends.ceilingEntry(from); next != null && next.getKey() <= to; next = ends.ceilingEntry(from)) {
            to = Math.max(to, next.getValue());
            ends.remove(next.getKey());
        }
        ends.put(from, to);
    }

    /** What of the range is not here. */
    List<Range> missing(Range range) {
        var missing = new ArrayList<Range>();
        var from = range.from();
        var before = ends.floorEntry(from);
        if (before != null && before.getValue() > from) {
            from = before.getValue();
        }
        while (from < range.to()) {
            var next = ends.ceilingEntry(from);
            var until = next == null ? range.to() : Math.min(next.getKey(), range.to());
            if (until > from) {
                missing.add(new Range(from, until));
            }
            from = next == null ? range.to() : next.getValue();
        }
        return missing;
    }

    List<Range> all() {
        return ends.entrySet().stream()
                .map(range -> new Range(range.getKey(), range.getValue()))
                .toList();
    }

    long size() {
        return ends.entrySet().stream()
                .mapToLong(range -> range.getValue() - range.getKey())
                .sum();
    }
}
