package dev.sluice.catalog;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.function.BiConsumer;
import java.util.function.Function;

/** Reads many things by the threads of an executor, and takes in what was read by the thread that asked, in order. */
record ParallelReading(ExecutorService executor) {
    /** How many are read ahead. */
    private static final int AHEAD = 256;

    /** What was read, or what its reading threw. */
    interface Answer<R> {
        R get();
    }

    /** Reads all, some at a time; what {@code taker} throws ends it. */
    <T, R> void each(List<T> all, Function<T, R> reader, BiConsumer<T, Answer<R>> taker) {
        for (var begin = 0; begin < all.size(); begin += AHEAD) {
            var some = all.subList(begin, Math.min(all.size(), begin + AHEAD));
            var answers = some.stream()
                    .map(each -> CompletableFuture.supplyAsync(() -> reader.apply(each), executor))
                    .toList();
            for (var i = 0; i < some.size(); i++) {
                var answer = answers.get(i);
                taker.accept(some.get(i), () -> await(answer));
            }
        }
    }

    private static <R> R await(CompletableFuture<R> answer) {
        try {
            return answer.join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw e;
        }
    }
}
