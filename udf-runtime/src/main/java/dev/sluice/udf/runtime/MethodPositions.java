package dev.sluice.udf.runtime;

import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.util.SourcePositions;
import com.sun.source.util.TreePathScanner;
import dev.sluice.core.Failure.Position;
import dev.sluice.udf.runtime.CompiledSource.MethodKey;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Where each method of a unit begins; class files keep lines of statements only. */
final class MethodPositions extends TreePathScanner<@Nullable Void, String> {
    private final Map<MethodKey, Position> found = new HashMap<>();
    private final SourcePositions positions;
    private final String text;

    private MethodPositions(SourcePositions positions, String text) {
        this.positions = positions;
        this.text = text;
    }

    static Map<MethodKey, Position> in(Iterable<? extends CompilationUnitTree> units, SourcePositions positions)
            throws IOException {
        var found = new HashMap<MethodKey, Position>();
        for (var unit : units) {
            var scanner = new MethodPositions(
                    positions, unit.getSourceFile().getCharContent(true).toString());
            scanner.scan(unit, "");
            found.putAll(scanner.found);
        }
        return found;
    }

    @Override
    public @Nullable Void visitClass(ClassTree type, String outer) {
        return super.visitClass(type, type.getSimpleName().toString());
    }

    @Override
    public @Nullable Void visitMethod(MethodTree method, String owner) {
        var key = new MethodKey(
                owner, method.getName().toString(), method.getParameters().size());
        var start = positions.getStartPosition(getCurrentPath().getCompilationUnit(), method);
        if (start >= 0) { // a constructor that javac added has no place
            found.putIfAbsent(key, Position.of(text, (int) start));
        }
        return null;
    }
}
