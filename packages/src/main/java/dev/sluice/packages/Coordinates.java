package dev.sluice.packages;

import dev.sluice.core.Code;
import dev.sluice.core.Failure;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** A package as its user names it, in one exact version, so that a function means the same tomorrow. */
record Coordinates(String group, String artifact, String version) {
    private static final Pattern WORD = Pattern.compile("[A-Za-z0-9_.\\-]+");
    private static final List<String> MOVING = List.of("LATEST", "RELEASE");

    /** @throws dev.sluice.core.FailureException unless it is {@code group:artifact:version} */
    static Coordinates parse(String text) {
        var words = text.strip().split(":", -1);
        if (words.length != 3
                || !WORD.matcher(words[0]).matches()
                || !WORD.matcher(words[1]).matches()) {
            throw invalid("Package '" + text + "' is not 'group:artifact:version'");
        }
        var version = words[2];
        if (!WORD.matcher(version).matches() || MOVING.contains(version) || version.endsWith("-SNAPSHOT")) {
            throw invalid("Package '" + text + "' has no exact version: name a released one, such as '" + words[0] + ":"
                    + words[1] + ":1.0'");
        }
        return new Coordinates(words[0], words[1], version);
    }

    private static RuntimeException invalid(String message) {
        return new Failure.Invalid(Code.INVALID_FUNCTION, message, Optional.empty()).exception();
    }

    @Override
    public String toString() {
        return group + ":" + artifact + ":" + version;
    }
}
