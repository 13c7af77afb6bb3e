package dev.sluice.planner;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** The common table expressions in sight: one set of names for each WITH around a place. Confined to one thread. */
final class CommonTables {
    private final Deque<Set<String>> scopes = new ArrayDeque<>();

    void enter() {
        scopes.push(new HashSet<>());
    }

    void leave() {
        scopes.pop();
    }

    /** From here to the end of the innermost scope, the name means the expression. */
    void define(String name) {
        scopes.element().add(name.toLowerCase(Locale.ROOT));
    }

    boolean contains(List<String> path) {
        return path.size() == 1
                && scopes.stream()
                        .anyMatch(scope -> scope.contains(path.getFirst().toLowerCase(Locale.ROOT)));
    }
}
