package dev.sluice.server.files;

import dev.sluice.core.Code;
import dev.sluice.core.Failure;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A path with wildcards, the same for every kind of place: {@code *} and {@code ?} stay within a folder, {@code **} is
 * any number of folders, none among them, and {@code [a-z]}, {@code [!a]} and <code>{csv,json}</code> are as in a
 * shell.
 */
final class Glob {
    private static final Pattern WILDCARD = Pattern.compile("[*?\\[{]");

    private final String base;
    private final Pattern pattern;

    private Glob(String base, Pattern pattern) {
        this.base = base;
        this.pattern = pattern;
    }

    static boolean isIn(String path) {
        return WILDCARD.matcher(path).find();
    }

    /** @param path with slashes between its parts */
    static Glob of(String path) {
        var wildcard = WILDCARD.matcher(path);
        var end = wildcard.find() ? path.lastIndexOf('/', wildcard.start()) + 1 : path.length();
        return new Glob(path.substring(0, end), Pattern.compile(regex(path), Pattern.DOTALL));
    }

    /** What all matches begin with: everything up to the last slash before a wildcard. */
    String base() {
        return base;
    }

    boolean matches(String path) {
        return pattern.matcher(path).matches();
    }

    private static String regex(String glob) {
        var regex = new StringBuilder();
        var depth = 0;
        for (var at = 0; at < glob.length(); at++) {
            var c = glob.charAt(at);
            switch (c) {
                case '*' -> {
                    if (!glob.startsWith("**", at)) {
                        regex.append("[^/]*");
                    } else if (glob.startsWith("**/", at)) {
                        regex.append("(?:.*/)?");
                        at += 2;
                    } else {
                        regex.append(".*");
                        at++;
                    }
                }
                case '?' -> regex.append("[^/]");
                case '[' -> {
                    var end = glob.indexOf(']', at + 2);
                    if (end < 0) {
                        throw invalid(glob, "']' is missing");
                    }
                    regex.append(set(glob.substring(at + 1, end)));
                    at = end;
                }
                case '{' -> {
                    regex.append("(?:");
                    depth++;
                }
                case '}' -> {
                    regex.append(depth > 0 ? ")" : "\\}");
                    depth = Math.max(0, depth - 1);
                }
                case ',' -> regex.append(depth > 0 ? "|" : ",");
                default -> regex.append(Pattern.quote(String.valueOf(c)));
            }
        }
        if (depth > 0) {
            throw invalid(glob, "'}' is missing");
        }
        return regex.toString();
    }

    private static String set(String members) {
        var isNegated = members.startsWith("!") || members.startsWith("^");
        var listed = (isNegated ? members.substring(1) : members)
                .replace("\\", "\\\\")
                .replace("[", "\\[")
                .replace("&", "\\&")
                .replace("^", "\\^");
        return "(?!/)[" + (isNegated ? "^" : "") + listed + "]";
    }

    private static RuntimeException invalid(String glob, String problem) {
        return new Failure.Invalid(
                        Code.INVALID_VALUE, "Pattern '" + glob + "' cannot be read: " + problem, Optional.empty())
                .exception();
    }
}
