package dev.sluice.bench;

/** How long it is since it was started. */
record Stopwatch(long begin) {
    static Stopwatch start() {
        return new Stopwatch(System.nanoTime());
    }

    double seconds() {
        return (System.nanoTime() - begin) / 1e9;
    }
}
