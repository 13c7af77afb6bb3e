package dev.sluice.cli;

import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Shows each statement of a script, with the comment above it, before it runs. {@code ${name}} stands for a variable;
 * {@code ${name=now}} in a comment keeps the time at which the tour came by there.
 */
final class Tour {
    private static final Pattern VARIABLE = Pattern.compile("\\$\\{(\\w+)}");
    private static final Pattern NOW = Pattern.compile("\\$\\{(\\w+)=now}");
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss.SSSSSS", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    private final ScriptRunner runner;
    private final Console console;
    private final InstantSource clock;
    private final Map<String, String> variables;

    Tour(ScriptRunner runner, Console console, InstantSource clock, Map<String, String> variables) {
        this.runner = runner;
        this.console = console;
        this.clock = clock;
        this.variables = new HashMap<>(variables);
    }

    /** Whether all statements succeeded; a failure is told to the user. */
    boolean run(SqlScript script) {
        return script.statements().stream().allMatch(statement -> run(script, statement));
    }

    private boolean run(SqlScript script, ScriptStatement statement) {
        var comment = fill(keepTimes(statement.lead()));
        var filled = new ScriptStatement(comment, fill(statement.text()), statement.start());
        console.print("\n" + comment.strip() + (comment.isBlank() ? "" : "\n") + filled.text() + ";\n");
        return runner.run(script, filled);
    }

    private String keepTimes(String comment) {
        return NOW.matcher(comment).replaceAll(match -> {
            variables.put(match.group(1), TIME.format(clock.instant()));
            return Matcher.quoteReplacement("${" + match.group(1) + "}");
        });
    }

    private String fill(String text) {
        return VARIABLE.matcher(text)
                .replaceAll(match -> Matcher.quoteReplacement(variables.getOrDefault(match.group(1), match.group())));
    }
}
