package dev.sluice.bench;

import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/** The middle of some numbers, the least and the greatest. */
record Spread(double min, double median, double max) {
    static <T> Spread of(List<T> samples, ToDoubleFunction<T> value) {
        var sorted = samples.stream().mapToDouble(value).sorted().toArray();
        var middle = sorted.length / 2;
        var median = sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
        return new Spread(sorted[0], median, sorted[sorted.length - 1]);
    }

    @Override
    public String toString() {
        return String.format(Locale.ROOT, "%.2f (%.2f to %.2f)", median, min, max);
    }
}
