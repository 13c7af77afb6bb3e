package dev.sluice.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The launcher script, in a project of empty folders, with JDKs and a Maven that only tell how they were called. */
final class LauncherTest {
    private static final Path SCRIPT = Path.of("..", "sluice");

    @TempDir
    private Path folder;

    private final Map<String, String> environment = new LinkedHashMap<>();
    private Path project;
    private Path tools;

    @BeforeEach
    void copy() throws IOException {
        folder = folder.toRealPath();
        project = Files.createDirectory(folder.resolve("project"));
        tools = Files.createDirectory(folder.resolve("tools"));
        var script = Files.readString(SCRIPT)
                .replace("/usr/lib/jvm", folder + "/jvm")
                .replace("/Library/Java", folder + "/library")
                .replace("/opt/", folder + "/opt/");
        executable(project.resolve("sluice"), script);
        Files.writeString(project.resolve("pom.xml"), "<project/>");
        executable(tools.resolve("mvn"), """
                #!/bin/sh
                echo "[INFO] Building sluice-core 0 [1/2]"
                echo "mvn with $JAVA_HOME in $PWD" >>calls
                mkdir -p cli/target/fast/sluice/lib
                """);
        environment.put("PATH", tools + ":" + System.getenv("PATH"));
        environment.put("HOME", folder.toString());
    }

    private static void executable(Path file, String text) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private Path jdk(String name, String version) throws IOException {
        var home = folder.resolve(name);
        executable(home.resolve("bin/java"), "#!/bin/sh\necho \"" + name + " $@\"\n");
        executable(home.resolve("bin/javac"), "#!/bin/sh\n");
        Files.writeString(home.resolve("release"), "IMPLEMENTOR=\"x\"\nJAVA_VERSION=\"" + version + "\"\n");
        return home;
    }

    private record Ended(int code, String output) {}

    private Ended launch(String... arguments) throws IOException, InterruptedException {
        var command = new java.util.ArrayList<>(
                java.util.List.of(project.resolve("sluice").toString()));
        command.addAll(java.util.List.of(arguments));
        var builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().keySet().removeIf(name -> name.startsWith("JAVA"));
        builder.environment().putAll(environment);
        var process = builder.start();
        var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Ended(process.waitFor(), output);
    }

    private String calls() throws IOException {
        var calls = project.resolve("calls");
        return Files.exists(calls) ? Files.readString(calls) : "";
    }

    @Test
    void java_home_is_taken_if_it_is_new_enough() throws IOException, InterruptedException {
        jdk("jvm/other", "25");
        environment.put("JAVA_HOME", jdk("mine", "26.0.1").toString());
        assertThat(launch("sql", "-c", "SELECT 1").output())
                .contains("\nmine ", "dev.sluice.cli.Sluice sql -c SELECT 1");
    }

    @Test
    void an_old_java_home_is_passed_over() throws IOException, InterruptedException {
        environment.put("JAVA_HOME", jdk("old", "17.0.15").toString());
        jdk("jvm/a-21", "21");
        jdk("jvm/b-25", "25.0.1");
        assertThat(launch("serve").output()).contains("\njvm/b-25 ");
        assertThat(calls()).contains("mvn with " + folder.resolve("jvm/b-25"));
    }

    @Test
    void a_jre_is_none() throws IOException, InterruptedException {
        var jre = jdk("jvm/jre", "25");
        Files.delete(jre.resolve("bin/javac"));
        jdk(".sdkman/candidates/java/25-tem", "25");
        assertThat(launch("serve").output()).contains("\n.sdkman/candidates/java/25-tem ");
    }

    @Test
    void without_a_jdk_one_line_says_so() throws IOException, InterruptedException {
        jdk("jvm/old", "21");
        environment.put("PATH", tools + ":/usr/bin:/bin");
        var ended = launch("serve");
        assertThat(ended.code()).isEqualTo(2);
        assertThat(ended.output()).startsWith("sluice: needs a JDK 25 or newer").hasLineCount(1);
    }

    @Test
    void it_builds_once_and_again_when_a_source_is_newer() throws IOException, InterruptedException {
        jdk("jvm/25", "25");
        var source = Files.createDirectories(project.resolve("core/src/main")).resolve("A.java");
        launch("serve");
        assertThat(launch("serve").output()).doesNotContain("building");
        assertThat(calls()).hasLineCount(1);

        Files.writeString(source, "class A {}");
        Files.setLastModifiedTime(source, FileTime.from(Instant.parse("2100-01-01T00:00:00Z")));
        assertThat(launch("serve").output()).contains("sluice: building");
        assertThat(calls()).hasLineCount(2);
    }

    @Test
    void a_build_that_fails_shows_its_errors() throws IOException, InterruptedException {
        jdk("jvm/25", "25");
        executable(tools.resolve("mvn"), "#!/bin/sh\necho '[INFO] fine'\necho '[ERROR] A.java: broken'\nexit 1\n");
        var ended = launch("serve");
        assertThat(ended.code()).isEqualTo(2);
        assertThat(ended.output())
                .contains("[ERROR] A.java: broken", "the build failed")
                .doesNotContain("fine");
        assertThat(project.resolve("cli/target/.building")).doesNotExist();
    }

    @Test
    void options_of_the_environment_reach_the_jvm() throws IOException, InterruptedException {
        jdk("jvm/25", "25");
        environment.put("JAVA_OPTS", "-Dfirst=1 -Dsecond=2");
        environment.put("SLUICE_OPTS", "-Xmx7g");
        assertThat(launch("serve").output()).contains("-Dfirst=1 -Dsecond=2 -Xmx7g");
    }

    @Test
    void a_link_to_it_works_from_anywhere() throws IOException, InterruptedException {
        jdk("jvm/25", "25");
        var link = Files.createSymbolicLink(tools.resolve("sluice"), project.resolve("sluice"));
        var process = new ProcessBuilder(link.toString(), "--version").directory(folder.toFile());
        process.environment().putAll(environment);
        process.environment().remove("JAVA_HOME");
        var started = process.start();
        var output = new String(started.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(output).contains("-Dsluice.home=" + project);
    }
}
