package dev.sluice.conformance;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Holds ARCHITECTURE.md against the classes. */
final class ArchitectureTest {
    private static final int MAX_LINES = 300;
    private static final Path ROOT = Path.of("..");
    private static final List<String> MODULES = List.of(
            "core", "s3", "packages", "catalog", "planner", "udf-api", "udf-runtime", "engine", "server", "cli");
    private static final JavaClasses OURS = new ClassFileImporter()
            .importPaths(MODULES.stream()
                    .map(module -> ROOT.resolve(module).resolve(build()).resolve("classes"))
                    .toList());

    /** The build's folder in a module: the same in all of them, and the one that this class was compiled to. */
    private static Path build() {
        var tests = Path.of(ArchitectureTest.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .getPath());
        return ROOT.toAbsolutePath().normalize().resolve("conformance-tests").relativize(tests.getParent());
    }

    @Test
    void packages_form_no_cycle() {
        slices().matching("dev.sluice.(**)").should().beFreeOfCycles().check(OURS);
    }

    @ParameterizedTest
    @CsvSource({
        "org.apache.calcite.., dev.sluice.planner..",
        "org.apache.iceberg.., dev.sluice.catalog..",
        "org.projectnessie.., dev.sluice.catalog..",
        "java.lang.foreign.., dev.sluice.engine..",
        "java.lang.classfile.., dev.sluice.udf.runtime..",
        "org.apache.maven.., dev.sluice.packages..",
        "org.eclipse.aether.., dev.sluice.packages..",
        "info.picocli.., dev.sluice.cli..",
        "org.jline.., dev.sluice.cli..",
        "software.amazon.awssdk.., dev.sluice.s3..",
    })
    void each_library_stays_behind_one_package(String library, String owner) {
        noClasses()
                .that()
                .resideOutsideOfPackage(owner)
                .should()
                .dependOnClassesThat()
                .resideInAPackage(library)
                .check(OURS);
    }

    @ParameterizedTest
    @CsvSource({"dev.sluice.catalog..", "dev.sluice.planner..", "dev.sluice.engine.."})
    void catalog_planner_and_engine_do_not_know_each_other(String one) {
        for (var other : List.of("dev.sluice.catalog..", "dev.sluice.planner..", "dev.sluice.engine..")) {
            if (!other.equals(one)) {
                noClasses()
                        .that()
                        .resideInAPackage(one)
                        .should()
                        .dependOnClassesThat()
                        .resideInAPackage(other)
                        .check(OURS);
            }
        }
    }

    @Test
    void no_name_is_a_shrug() {
        noClasses()
                .should()
                .haveNameMatching(".*(Util|Utils|Helper|Manager|Impl)")
                .check(OURS);
    }

    @Test
    void files_stay_small() {
        assertThat(sources()).allSatisfy(source -> assertThat(lines(source)).isLessThanOrEqualTo(MAX_LINES));
    }

    @Test
    void every_public_class_stands_on_the_page() throws IOException {
        var page = Files.readString(ROOT.resolve("ARCHITECTURE.md"));
        var missing = OURS.stream()
                .filter(JavaClass::isTopLevelClass)
                .filter(type -> type.getModifiers().contains(JavaModifier.PUBLIC))
                .map(JavaClass::getSimpleName)
                .filter(name -> !page.contains("`" + name + "`"))
                .sorted()
                .toList();
        assertThat(missing).isEmpty();
    }

    private static List<Path> sources() {
        return MODULES.stream()
                .flatMap(module -> walk(ROOT.resolve(module).resolve("src/main/java")))
                .toList();
    }

    private static Stream<Path> walk(Path folder) {
        try (var paths = Files.walk(folder)) {
            return paths.filter(path -> path.toString().endsWith(".java")).toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static long lines(Path source) {
        try (var lines = Files.lines(source)) {
            return lines.count();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
