package dev.sluice.core;

import java.util.Optional;
import java.util.regex.Pattern;

/** A place in the catalog's history that has a name: a branch, a tag, or a commit. Prints as SQL writes it. */
public sealed interface Ref {
    /** Branch name, tag name, or hash. */
    String name();

    /** A branch: its head moves with each commit. */
    record Branch(String name) implements Ref {
        /** How the names begin of branches that the server keeps for transactions. */
        public static final String HIDDEN = "sluice-tx/";

        public Branch {
            requireName("branch", name);
        }

        /** Whether the server keeps it for a transaction. */
        public boolean isHidden() {
            return name.startsWith(HIDDEN);
        }

        @Override
        public String toString() {
            return isHidden() ? "the transaction's branch" : "BRANCH " + name;
        }
    }

    /** A tag: a name that stays on one commit. */
    record Tag(String name) implements Ref {
        public Tag {
            requireName("tag", name);
        }

        @Override
        public String toString() {
            return "TAG " + name;
        }
    }

    /** One commit, by its hash in hexadecimal. */
    record Hash(String name) implements Ref {
        private static final Pattern HEX = Pattern.compile("[0-9a-fA-F]{8,64}");

        public Hash {
            if (!HEX.matcher(name).matches()) {
                throw invalid("commit hash", name, "8 to 64 hexadecimal digits");
            }
        }

        @Override
        public String toString() {
            return "COMMIT '" + name + "'";
        }
    }

    private static void requireName(String kind, String name) {
        if (!RefNames.VALID.matcher(name).matches() || name.contains("..") || name.endsWith(".")) {
            throw invalid(kind + " name", name, "a letter, then letters, digits, '.', '_', '-' or '/'");
        }
        if (name.length() > RefNames.MAX_LENGTH) {
            throw invalid(kind + " name", name, "at most " + RefNames.MAX_LENGTH + " characters");
        }
    }

    private static FailureException invalid(String kind, String value, String expected) {
        var message = "Invalid " + kind + " '" + value + "': expected " + expected;
        return new Failure.Invalid(Code.INVALID_VALUE, message, Optional.empty()).exception();
    }
}
