package dev.sluice.packages;

import java.nio.file.Path;
import java.util.Optional;

/**
 * Where packages come from and stay.
 *
 * @param folder of the cache
 * @param access whether registries may be asked
 * @param settings the user's settings of Maven; where Maven looks for them if absent
 */
public record PackagesConfig(Path folder, Access access, Optional<Path> settings) {
    /** Whether registries may be asked. */
    public enum Access {
        ONLINE,
        /** Only what is in the cache or in Maven's local repository can be had. */
        OFFLINE
    }
}
