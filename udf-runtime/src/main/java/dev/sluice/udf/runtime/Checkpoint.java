package dev.sluice.udf.runtime;

import java.lang.invoke.CallSite;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.invoke.MutableCallSite;

/**
 * The place where running code of a user's can be stopped: each of its methods and loops passes through here. Until the
 * first cancellation the call site is an empty method, which the JIT compiler removes.
 *
 * <p>Public since rewritten classes link to it; no source can name it.
 */
public final class Checkpoint {
    private static final MethodHandle PASS = MethodHandles.empty(MethodType.methodType(void.class));
    private static final MethodHandle POLL = poll();

    private Checkpoint() {}

    /** Links a check in a class of the user's to the call site of its loader. */
    public static CallSite link(MethodHandles.Lookup caller, String name, MethodType type) {
        return ((CheckedLoader) caller.lookupClass().getClassLoader()).checkpoint();
    }

    static MutableCallSite open() {
        return new MutableCallSite(PASS);
    }

    /** From now on, each check asks whether the run that it belongs to is cancelled. */
    static void arm(MutableCallSite site) {
        site.setTarget(POLL);
        MutableCallSite.syncAll(new MutableCallSite[] {site});
    }

    private static MethodHandle poll() {
        try {
            return MethodHandles.lookup()
                    .findStatic(FunctionRun.class, "throwIfCancelled", MethodType.methodType(void.class));
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }
}
