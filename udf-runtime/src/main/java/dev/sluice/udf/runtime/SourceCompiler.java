package dev.sluice.udf.runtime;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import com.sun.source.util.JavacTask;
import com.sun.source.util.Trees;
import com.sun.tools.javac.api.JavacTaskPool;
import dev.sluice.core.Failure;
import dev.sluice.core.Failure.Position;
import dev.sluice.udf.Udf;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.lang.model.SourceVersion;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaFileObject;
import javax.tools.ToolProvider;

/**
 * The JDK's own compiler, kept warm and fed from memory. A body is a compilation unit; methods without a class around
 * them are a compact source file (JEP 512), which javac takes once it finds a {@code main} at the end.
 */
final class SourceCompiler implements AutoCloseable {
    private static final List<String> OPTIONS =
            List.of("-proc:none", "-implicit:none", "-nowarn", "-Xlint:none", "-g:source,lines");
    private static final Pattern RECORD = Pattern.compile("\\brecord\\b");
    private static final String LACKS_MAIN = "compiler.err.implicit.class.does.not.have.main.method";
    private static final String MAIN = "\nvoid main() {}\n";

    private final ReentrantLock lock = new ReentrantLock();
    private final MemoryFiles files;

    @GuardedBy("lock")
    private JavacTaskPool pool = new JavacTaskPool(1);

    @GuardedBy("lock")
    private boolean closed;

    private SourceCompiler(MemoryFiles files) {
        this.files = files;
    }

    static SourceCompiler open() {
        var standard =
                ToolProvider.getSystemJavaCompiler().getStandardFileManager(null, Locale.ROOT, StandardCharsets.UTF_8);
        var compiler = new SourceCompiler(new MemoryFiles(standard));
        compiler.use(List.of());
        return compiler;
    }

    /** Sets what can be named beside the JDK: once, before anything but the JDK was used. */
    void use(List<Path> jars) {
        lock.lock();
        try {
            files.setClassPath(Stream.concat(Stream.of(udfApi()), jars.stream()).toList());
        } catch (IOException e) {
            throw new UncheckedIOException("Could not hand a function's packages to the compiler", e);
        } finally {
            lock.unlock();
        }
    }

    private static Path udfApi() {
        try {
            return Path.of(Udf.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException("The function API is in no file", e);
        }
    }

    /**
     * Empty if the compiler is closed.
     *
     * @throws dev.sluice.core.FailureException for the first error, with its position in {@code body}
     */
    Optional<CompiledSource> compile(String function, String body) {
        lock.lock();
        try {
            if (closed) {
                return Optional.empty();
            }
            if (RECORD.matcher(body).find()) {
                pool = new JavacTaskPool(1); // a used one remembers the components of an earlier record of the name
            }
            return Optional.of(compile(unitName(function), body, body));
        } catch (IllegalStateException | VirtualMachineError e) {
            pool = new JavacTaskPool(1); // what javac left half-done in it would show up in the next function
            throw Declaration.invalid("The compiler gave up on this body: " + e, Optional.empty())
                    .exception();
        } finally {
            lock.unlock();
        }
    }

    @GuardedBy("lock")
    private CompiledSource compile(String unit, String body, String text) {
        var problems = new DiagnosticCollector<JavaFileObject>();
        files.clear();
        var methods = pool.getTask(
                null, files, problems, OPTIONS, null, List.of(MemoryFiles.source(unit, text)), SourceCompiler::run);
        var errors = problems.getDiagnostics().stream()
                .filter(problem -> problem.getKind() == Diagnostic.Kind.ERROR)
                .toList();
        if (text.length() == body.length()
                && errors.stream().anyMatch(e -> e.getCode().equals(LACKS_MAIN))) {
            return compile(unit, body, body + MAIN);
        }
        if (!errors.isEmpty()) {
            throw failure(body, errors).exception();
        }
        return new CompiledSource(body, files.classes(), methods);
    }

    private static Map<CompiledSource.MethodKey, Position> run(JavacTask task) {
        try {
            var methods = MethodPositions.in(task.parse(), Trees.instance(task).getSourcePositions());
            task.generate();
            return methods;
        } catch (IOException e) {
            throw new UncheckedIOException("The compiler could not read from memory", e);
        }
    }

    private static Failure failure(String body, List<Diagnostic<? extends JavaFileObject>> errors) {
        var first = errors.getFirst();
        var message = first.getMessage(Locale.ROOT)
                .strip()
                .replaceAll("\\s*\\R\\s*", ", ")
                .replaceAll("\\s+", " ");
        var more = errors.size() == 1 ? "" : " (and " + (errors.size() - 1) + " more)";
        return Declaration.invalid(
                message + more,
                first.getPosition() == Diagnostic.NOPOS
                        ? Optional.empty()
                        : Optional.of(Position.of(body, (int) first.getPosition())));
    }

    /** A compact source file's class is named after its file, and stack traces show it. */
    private static String unitName(String function) {
        var name = function.replaceAll("[^A-Za-z0-9_]", "_");
        return SourceVersion.isName(name) ? name : "_" + name;
    }

    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            files.close();
        } catch (IOException e) {
            throw new UncheckedIOException("Could not close the compiler's files", e);
        } finally {
            lock.unlock();
        }
    }
}
