package dev.sluice.cli;

import java.time.Duration;
import java.util.Locale;

/** Counts and times in the words that people use. */
final class Words {
    private Words() {}

    static String count(long number, String noun) {
        return String.format(Locale.ROOT, "%,d %s%s", number, noun, number == 1 ? "" : "s");
    }

    static String duration(Duration duration) {
        var millis = duration.toNanos() / 1e6;
        if (millis < 1_000) {
            return String.format(Locale.ROOT, "%.1f ms", millis);
        }
        if (millis < 60_000) {
            return String.format(Locale.ROOT, "%.2f s", millis / 1_000);
        }
        return duration.toMinutes() + " min " + duration.toSecondsPart() + " s";
    }
}
