package dev.sluice.server.query;

import java.util.function.Predicate;
import java.util.regex.Pattern;

/** SQL's LIKE over names, without case. */
public final class LikePattern {
    private LikePattern() {}

    /** As in SHOW … LIKE, where no character escapes another. */
    static Predicate<String> plain(String pattern) {
        return matching(pattern, false);
    }

    /** With {@code \} to escape, as JDBC drivers send it. */
    public static Predicate<String> escaped(String pattern) {
        return matching(pattern, true);
    }

    private static Predicate<String> matching(String pattern, boolean escapes) {
        var regex = new StringBuilder();
        for (var i = 0; i < pattern.length(); i++) {
            var c = pattern.charAt(i);
            if (escapes && c == '\\' && i + 1 < pattern.length()) {
                i++;
                regex.append(Pattern.quote(String.valueOf(pattern.charAt(i))));
                continue;
            }
            regex.append(
                    switch (c) {
                        case '%' -> ".*";
                        case '_' -> ".";
                        default -> Pattern.quote(String.valueOf(c));
                    });
        }
        var flags = Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE | Pattern.DOTALL;
        return Pattern.compile(regex.toString(), flags).asMatchPredicate();
    }
}
