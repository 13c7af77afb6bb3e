package dev.sluice.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Functions that use libraries from a registry. */
@ExtendWith(SluiceExtension.class)
final class PackagesTest {
    private static final String TEXT = "'org.apache.commons:commons-text:1.13.0'";

    private static final String CAPITALS =
            "CREATE OR REPLACE FUNCTION capitals(s VARCHAR) RETURNS VARCHAR LANGUAGE JAVA"
                    + " PACKAGES (" + TEXT + ") AS $$" + """

            import org.apache.commons.text.WordUtils;
            public class Capitals { public static String of(String s) { return WordUtils.capitalizeFully(s); } }
            $$""";

    @TempDir
    private Path folder;

    @Test
    void a_function_that_needs_a_package_gets_it_and_runs_again(Lake lake) throws SQLException {
        lake.run("""
                CREATE FUNCTION capitals(s VARCHAR) RETURNS VARCHAR LANGUAGE JAVA AS $$
                public class Capitals { public static String of(String s) { return s.toUpperCase(); } }
                $$""");
        assertThat(lake.rows("SELECT capitals('grace hopper')")).containsExactly("GRACE HOPPER");
        lake.run(CAPITALS);
        assertThat(lake.rows("SELECT capitals('grace hopper')")).containsExactly("Grace Hopper");
    }

    @Test
    void two_versions_of_a_package_serve_one_query(Lake lake) throws SQLException {
        for (var version : new String[] {"3.18.0", "3.12.0"}) {
            lake.run("CREATE FUNCTION has_" + version.replace('.', '_') + "(s VARCHAR) RETURNS VARCHAR LANGUAGE JAVA"
                    + " PACKAGES ('org.apache.commons:commons-lang3:" + version + "') AS $$"
                    + " import org.apache.commons.lang3.StringUtils; public class A {"
                    + " public static String f(String s) { try { Class<?> c = StringUtils.class;"
                    + " return StringUtils.capitalize(s) + org.apache.commons.lang3.ClassUtils.getClass("
                    + "\"org.apache.commons.lang3.Strings\").getSimpleName(); }"
                    + " catch (ClassNotFoundException e) { return \"none\"; } } } $$");
        }
        assertThat(lake.rows("SELECT has_3_18_0('a'), has_3_12_0('a')")).containsExactly("AStrings|none");
    }

    @ParameterizedTest
    @CsvSource({
        "${sys:user.home}, ${sys:user.home}",
        "${env:PATH}, ${env:PATH}",
        "${const:java.io.File.separator}, /",
        "${base64Encoder:Sluice}, U2x1aWNl"
    })
    void a_package_sees_nothing_of_the_machine(String asked, String answer, Lake lake) throws SQLException {
        interpolate(lake);
        assertThat(lake.rows("SELECT interpolate('" + asked + "')")).containsExactly(answer);
    }

    @ParameterizedTest
    @CsvSource({
        "${file:UTF-8:/etc/hostname}, java.nio.file",
        "${url:UTF-8:http://127.0.0.1:1/}, the network",
        "${dns:address|localhost}, java.net.InetAddress",
        "${script:javascript:1+1}, ScriptEngine"
    })
    void what_a_package_may_not_do_is_named_when_it_does_it(String asked, String named, Lake lake) throws SQLException {
        interpolate(lake);
        assertThatThrownBy(() -> lake.rows("SELECT interpolate('" + asked + "')"))
                .isInstanceOf(SQLException.class)
                .hasMessageContaining(named);
    }

    private static void interpolate(Lake lake) throws SQLException {
        lake.run("CREATE OR REPLACE FUNCTION interpolate(s VARCHAR) RETURNS VARCHAR LANGUAGE JAVA PACKAGES (" + TEXT
                + ") AS $$ import org.apache.commons.text.*; import org.apache.commons.text.lookup.*;"
                + " public class I { static final StringLookupFactory F = StringLookupFactory.INSTANCE;"
                + " static final StringSubstitutor S = new StringSubstitutor(F.interpolatorStringLookup("
                + "java.util.Map.of(\"sys\", F.systemPropertyStringLookup(), \"env\", F.environmentVariableStringLookup(),"
                + " \"const\", F.constantStringLookup(), \"base64encoder\", F.base64EncoderStringLookup(),"
                + " \"file\", F.fileStringLookup(), \"url\", F.urlStringLookup(), \"dns\", F.dnsStringLookup(),"
                + " \"script\", F.scriptStringLookup()), null, false));"
                + " public static String f(String s) { return S.replace(s); } } $$");
    }

    @Test
    void a_package_that_is_named_wrong_has_its_place_in_the_statement(Lake lake) {
        for (var name : new String[] {"commons-text", "a:b:LATEST", "a:b:[1,2)", "a:b:1-SNAPSHOT", "a:b:c:d:e"}) {
            assertThatThrownBy(() -> lake.run("CREATE FUNCTION f_wrong(x BIGINT) RETURNS BIGINT LANGUAGE JAVA\n"
                            + "PACKAGES (" + TEXT + ", '" + name + "') AS $$ public class A {} $$"))
                    .isInstanceOf(SQLException.class)
                    .hasMessageContaining("Package '" + name + "'")
                    .hasMessageContaining("(line 2, column 53)");
        }
    }

    @Test
    void the_cache_serves_a_server_that_is_offline_and_a_jar_that_is_gone_is_named() throws SQLException, IOException {
        try (var lake = Lake.open(folder)) {
            lake.run(CAPITALS);
        }
        try (var lake = Lake.open(folder, Map.of("packages.offline", "true"))) {
            assertThat(lake.rows("SELECT capitals('grace hopper')")).containsExactly("Grace Hopper");
            lake.run(CAPITALS.replace("capitals(", "capitals_again("));
            assertThatThrownBy(() -> lake.run(CAPITALS.replace("1.13.0", "0.0.1")))
                    .isInstanceOf(SQLException.class)
                    .hasMessageContaining("org.apache.commons:commons-text:0.0.1")
                    .hasMessageContaining("packages.offline");
        }
        try (var jars = Files.walk(folder.resolve("packages/sha256"))) {
            for (var jar : jars.filter(Files::isRegularFile).toList()) {
                Files.delete(jar);
            }
        }
        try (var lake = Lake.open(folder)) {
            assertThatThrownBy(() -> lake.rows("SELECT capitals('grace hopper')"))
                    .isInstanceOf(SQLException.class)
                    .hasMessageContaining("commons-text:1.13.0")
                    .hasMessageContaining("CREATE OR REPLACE");
            lake.run(CAPITALS);
            assertThat(lake.rows("SELECT capitals('grace hopper')")).containsExactly("Grace Hopper");
        }
    }
}
