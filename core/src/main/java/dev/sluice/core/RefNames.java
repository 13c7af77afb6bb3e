package dev.sluice.core;

import java.util.regex.Pattern;

/** What Nessie takes as the name of a branch or a tag, checked before it is asked. */
final class RefNames {
    static final Pattern VALID = Pattern.compile("[A-Za-z](?:[A-Za-z0-9._/-]*[A-Za-z0-9._-])?");
    static final int MAX_LENGTH = 255;

    private RefNames() {}
}
