package dev.sluice.s3;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.core.RemoteFiles.Range;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class RangesTest {
    private static final int SPACE = 60;

    @Test
    void ranges_that_touch_become_one() {
        var ranges = new Ranges();
        ranges.add(new Range(10, 20));
        ranges.add(new Range(30, 40));
        ranges.add(new Range(20, 30));
        assertThat(ranges.all()).containsExactly(new Range(10, 40));
        assertThat(ranges.missing(new Range(0, 50))).containsExactly(new Range(0, 10), new Range(40, 50));
    }

    @Test
    void they_say_what_a_set_of_numbers_says() {
        var random = new Random(1);
        for (var round = 0; round < 500; round++) {
            var ranges = new Ranges();
            var numbers = new BitSet();
            for (var i = 0; i < 8; i++) {
                var range = range(random);
                ranges.add(range);
                numbers.set((int) range.from(), (int) range.to());
                assertThat(ranges.all()).isEqualTo(runs(numbers));
                assertThat(ranges.size()).isEqualTo(numbers.cardinality());
                var asked = range(random);
                var missing = new BitSet();
                missing.set((int) asked.from(), (int) asked.to());
                missing.andNot(numbers);
                assertThat(ranges.missing(asked)).isEqualTo(runs(missing));
            }
        }
    }

    private static Range range(Random random) {
        var from = random.nextInt(SPACE);
        return new Range(from, from + 1 + random.nextInt(SPACE / 4));
    }

    private static List<Range> runs(BitSet numbers) {
        var runs = new ArrayList<Range>();
        for (var from = numbers.nextSetBit(0); from >= 0; ) {
            var to = numbers.nextClearBit(from);
            runs.add(new Range(from, to));
            from = numbers.nextSetBit(to);
        }
        return runs;
    }
}
