package dev.sluice.s3;

import java.net.URI;
import java.util.Optional;

/**
 * Where objects are, and who asks for them.
 *
 * @param endpoint of a server that speaks the protocol; absent for Amazon's own
 * @param region absent for what the SDK finds: environment, profile, instance
 * @param keys absent for what the SDK finds: environment, profile, container, instance
 */
public record S3Config(Optional<URI> endpoint, Optional<String> region, Addressing addressing, Optional<Keys> keys) {
    /** What the SDK finds by itself. */
    public static final S3Config DEFAULT =
            new S3Config(Optional.empty(), Optional.empty(), Addressing.VIRTUAL_HOST, Optional.empty());

    /** Where a request says which bucket it is about. */
    public enum Addressing {
        /** In the host's name, as Amazon wants it. */
        VIRTUAL_HOST,
        /** In the path, as most other servers want it. */
        PATH
    }

    /** What a request is signed with. Its text shows no secret. */
    public record Keys(String id, String secret, Optional<String> sessionToken) {
        @Override
        public String toString() {
            return "Keys[" + id + ", …]";
        }
    }
}
