package dev.sluice.planner;

import dev.sluice.core.FailureException;
import dev.sluice.core.Ref;
import java.util.Optional;
import java.util.function.Function;

/** Reads refs: {@code BRANCH b}, {@code TAG t} and {@code COMMIT 'h'}; a name may stand in either kind of quotes. */
final class RefReader {
    private RefReader() {}

    static Ref read(Tokens tokens) {
        return find(tokens).orElseThrow(() -> tokens.expected("BRANCH, TAG or COMMIT"));
    }

    static Optional<Ref> find(Tokens tokens) {
        if (tokens.accept("BRANCH")) {
            return Optional.of(branch(tokens));
        }
        if (tokens.accept("TAG")) {
            return Optional.of(tag(tokens));
        }
        if (tokens.accept("COMMIT")) {
            return Optional.of(checked(tokens, "a commit hash", Ref.Hash::new));
        }
        return Optional.empty();
    }

    /** Any ref; a name alone is a branch's. */
    static Ref anyRef(Tokens tokens) {
        return find(tokens).orElseGet(() -> branch(tokens));
    }

    static Ref.Branch branch(Tokens tokens) {
        var start = tokens.peek().start();
        var branch = checked(tokens, "the name of a branch", Ref.Branch::new);
        if (branch.isHidden()) {
            throw tokens.draft()
                    .forbidden(
                            "Branches whose names begin with '" + Ref.Branch.HIDDEN + "' are the server's own", start);
        }
        return branch;
    }

    static Ref.Tag tag(Tokens tokens) {
        return checked(tokens, "the name of a tag", Ref.Tag::new);
    }

    private static <T extends Ref> T checked(Tokens tokens, String what, Function<String, T> make) {
        var token = tokens.peek();
        var name = token.isString() ? tokens.string(what) : tokens.name(what);
        try {
            return make.apply(name);
        } catch (FailureException e) {
            throw tokens.draft().failure(e.failure().code(), e.failure().message(), token.start());
        }
    }
}
