package dev.sluice.udf.runtime;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.google.errorprone.annotations.MustBeClosed;
import dev.sluice.core.FailureException;
import dev.sluice.core.FunctionKind;
import java.util.List;
import java.util.Optional;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.FieldType;

/**
 * Turns the source of functions into something that an engine can run. What nobody runs and nobody will soon ask for
 * again is collected, with its classes. Thread-safe.
 */
public final class UdfRuntime implements AutoCloseable {
    private static final long MOST_CHARACTERS = 1_000_000;
    private static final long MOST_BYTES = 4_000_000;

    private final Compilers compilers;
    private final Libraries libraries;
    private final CallWatch watch;
    private final Cache<String, UdfFunction> kept;

    private UdfRuntime(UdfConfig config, JarSource jars, Compilers compilers) {
        this.compilers = compilers;
        this.libraries = new Libraries(jars);
        this.watch = new CallWatch(config.allocationBytes());
        this.kept = Caffeine.newBuilder()
                .maximumSize(config.keptFunctions())
                .executor(Runnable::run)
                .build();
    }

    /**
     * Opens a runtime without functions.
     *
     * @param jars where those of functions' packages are
     */
    @MustBeClosed
    @SuppressWarnings("MustBeClosedChecker") // close() closes them
    public static UdfRuntime open(UdfConfig config, JarSource jars) {
        return new UdfRuntime(config, jars, Compilers.open());
    }

    /**
     * Compiles, checks and loads {@code source}; equal sources give the same function while it is kept. No code of the
     * user's runs here, static initialisers included.
     *
     * @throws FailureException if the source is broken, forbidden or does not fit its declaration; positions count
     *     within the body
     */
    public UdfFunction compile(UdfSource source) {
        return kept.get(SourceDigest.of(source), digest -> load(digest, source));
    }

    private UdfFunction load(String digest, UdfSource source) {
        requireSmall("The body", source.body().length(), MOST_CHARACTERS, "characters");
        var packages = libraries.of(source.libraries());
        var compiled = compilers.compile(source, packages);
        requireSmall(
                "What the body compiles to",
                compiled.classes().values().stream()
                        .mapToLong(bytes -> bytes.length)
                        .sum(),
                MOST_BYTES,
                "bytes");
        CodePolicy.check(compiled, packages.map(LibraryLoader::classes));
        var handler = Handlers.find(new Declaration(source, new RecordTypes(compiled.classes())), compiled);
        var owner = handler.owner();
        var classes = CheckInjection.into(compiled.classes(), packages.map(LibraryLoader::classes));
        classes.put(KernelHost.name(owner), KernelHost.bytes(owner));
        var loader = new CodeLoader(source.name(), classes, packages);
        return new UdfFunction(digest, source, handler, loader, watch, () -> forget(digest, packages));
    }

    private static void requireSmall(String what, long size, long most, String unit) {
        if (size > most) {
            throw Declaration.invalid(
                            what + " has " + size + " " + unit + ", and a function may have " + most, Optional.empty())
                    .exception();
        }
    }

    private void forget(String digest, Optional<LibraryLoader> packages) {
        kept.invalidate(digest);
        packages.ifPresent(libraries::forget);
    }

    /** Runs a small function through the compilers, which takes a second or more the first time in a JVM. */
    public void warmUp() {
        var text = new Field("", FieldType.nullable(new ArrowType.Utf8()), List.of());
        var source = new UdfSource(
                "warm", FunctionKind.SCALAR, List.of(text), text, Optional.empty(), true, false, List.of(), WARM_UP);
        var _ = load("", source);
        compilers.warmUp(source);
    }

    private static final String WARM_UP = """
            import java.math.BigDecimal;
            import java.time.LocalDate;
            import java.util.Arrays;
            import java.util.Map;
            import java.util.stream.Collectors;

            public class Warm {
                record Pair(String key, BigDecimal value) {}

                static final Map<String, LocalDate> DAYS = Map.of();

                public static String warm(String text) {
                    var words = Arrays.stream(text.split(" ")).filter(w -> !w.isBlank()).collect(Collectors.joining("_"));
                    return switch (words.length()) {
                        case 0 -> new Pair(text, BigDecimal.ONE).key();
                        default -> words + DAYS.getOrDefault(words, LocalDate.EPOCH);
                    };
                }
            }
            """;

    @Override
    public void close() {
        kept.invalidateAll();
        compilers.close();
        watch.close();
    }
}
