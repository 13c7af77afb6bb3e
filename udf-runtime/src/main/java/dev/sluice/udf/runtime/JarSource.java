package dev.sluice.udf.runtime;

import dev.sluice.core.LockedJar;
import java.nio.file.Path;

/** Where the jars of functions lie; asks no registry. */
@FunctionalInterface
public interface JarSource {
    /**
     * Where the jar is.
     *
     * @throws dev.sluice.core.FailureException if it is not there
     */
    Path find(LockedJar jar);
}
