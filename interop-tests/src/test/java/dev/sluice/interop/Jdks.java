package dev.sluice.interop;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.stream.Stream;

/** The JDKs of this machine, looked for where the launcher looks. */
final class Jdks {
    private static final List<String> FOLDERS = List.of(
            "/usr/lib/jvm",
            "/Library/Java/JavaVirtualMachines",
            home("Library/Java/JavaVirtualMachines"),
            home(".sdkman/candidates/java"),
            home(".jdks"),
            "/opt");

    private Jdks() {}

    private static String home(String folder) {
        return Path.of(System.getProperty("user.home"), folder).toString();
    }

    /** The folder of a JDK of this version. */
    static Optional<Path> find(int version) {
        return FOLDERS.stream()
                .map(Path::of)
                .flatMap(Jdks::children)
                .flatMap(folder -> Stream.of(folder, folder.resolve("Contents/Home")))
                .filter(folder -> Files.isExecutable(folder.resolve("bin/javac")))
                .filter(folder -> version(folder) == version)
                .findFirst();
    }

    private static Stream<Path> children(Path folder) {
        try (var children = Files.list(folder)) {
            return children.sorted().toList().stream();
        } catch (IOException e) {
            return Stream.empty();
        }
    }

    private static int version(Path jdk) {
        var release = new Properties();
        try (var file = Files.newBufferedReader(jdk.resolve("release"))) {
            release.load(file);
            var digits = release.getProperty("JAVA_VERSION", "").replaceAll("[^0-9.]", "");
            return digits.isEmpty() ? 0 : Integer.parseInt(digits.split("\\.", 2)[0]);
        } catch (IOException e) {
            return 0;
        }
    }
}
