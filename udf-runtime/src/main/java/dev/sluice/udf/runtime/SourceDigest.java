package dev.sluice.udf.runtime;

import dev.sluice.core.LockedJar;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.arrow.vector.types.pojo.Field;

/** The content of a function as one word: equal digests stand for functions that behave alike. */
final class SourceDigest {
    private SourceDigest() {}

    static String of(UdfSource source) {
        var sha256 = sha256();
        Stream.of(
                        Stream.of(
                                source.name(),
                                source.kind().name(),
                                source.body(),
                                source.handler().orElse(""),
                                source.deterministic() ? "deterministic" : "volatile",
                                source.calledOnNull() ? "called on null" : "null on null",
                                source.limits().toString()),
                        Stream.concat(Stream.of(source.result()), source.parameters().stream())
                                .flatMap(SourceDigest::words),
                        source.libraries().stream().map(LockedJar::sha256))
                .flatMap(words -> words)
                .forEach(word -> update(sha256, word));
        return HexFormat.of().formatHex(sha256.digest());
    }

    /** The number of children tells where those of a type end. */
    private static Stream<String> words(Field field) {
        return Stream.concat(
                Stream.of(
                        field.getName(),
                        field.getType().toString(),
                        new TreeMap<>(field.getMetadata()).toString(),
                        Integer.toString(field.getChildren().size())),
                field.getChildren().stream().flatMap(SourceDigest::words));
    }

    /** The length goes first, so that no two lists of words share their bytes. */
    private static void update(MessageDigest digest, String word) {
        var bytes = word.getBytes(StandardCharsets.UTF_16BE);
        digest.update((bytes.length + ":").getBytes(StandardCharsets.US_ASCII));
        digest.update(bytes);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("Every JDK has SHA-256", e);
        }
    }
}
