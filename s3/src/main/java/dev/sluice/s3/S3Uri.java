package dev.sluice.s3;

import dev.sluice.core.Code;
import dev.sluice.core.Failure;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The place of an object, or what the places of several begin with.
 *
 * @param key without a slash before it; empty for all of the bucket
 */
public record S3Uri(String bucket, String key) {
    private static final Pattern URI =
            Pattern.compile("s3[an]?://([^/]+)(?:/(.*))?", Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

    /** Whether a text begins as the URI of an object does; {@code s3a} and {@code s3n} are Hadoop's names of it. */
    public static boolean isOne(String text) {
        return text.regionMatches(true, 0, "s3://", 0, 5)
                || text.regionMatches(true, 0, "s3a://", 0, 6)
                || text.regionMatches(true, 0, "s3n://", 0, 6);
    }

    /** What a text such as {@code s3://bucket/folder/file} names; {@code INVALID_VALUE} where it names nothing. */
    public static S3Uri of(String text) {
        var parts = URI.matcher(text);
        if (!parts.matches()) {
            throw new Failure.Invalid(
                            Code.INVALID_VALUE,
                            "'" + text + "' names no object: expected s3://bucket/key",
                            Optional.empty())
                    .exception();
        }
        return new S3Uri(parts.group(1), Optional.ofNullable(parts.group(2)).orElse(""));
    }

    /** Whether this is what the other is, or lies in it as in a folder. */
    public boolean isWithin(S3Uri folder) {
        var prefix = folder.key.isEmpty() || folder.key.endsWith("/") ? folder.key : folder.key + "/";
        return bucket.equals(folder.bucket) && (key.equals(folder.key) || key.startsWith(prefix));
    }

    @Override
    public String toString() {
        return "s3://" + bucket + "/" + key;
    }
}
