package dev.sluice.server;

import dev.sluice.catalog.CatalogConfig;
import dev.sluice.core.FunctionLimits.Tier;
import dev.sluice.engine.EngineConfig;
import dev.sluice.engine.WorkerConfig;
import dev.sluice.packages.PackagesConfig;
import dev.sluice.server.files.FileConfig;
import dev.sluice.server.flight.FlightConfig;
import dev.sluice.server.session.SessionConfig;
import dev.sluice.udf.runtime.UdfConfig;
import java.io.IOException;
import java.io.Reader;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.management.JMException;
import javax.management.ObjectName;

/** Text to {@link ServerConfig}: collects every problem, an unknown key among them. */
final class ConfigReader {
    private static final String ENVIRONMENT_PREFIX = "SLUICE_";
    private static final Pattern SIZE = Pattern.compile("(\\d+)\\s*([KMGT]?)i?B?", Pattern.CASE_INSENSITIVE);
    private static final Pattern SHARE = Pattern.compile("(\\d{1,3})\\s*%");

    private final Map<String, String> values;
    private final List<String> problems;

    private ConfigReader(Map<String, String> values, List<String> problems) {
        this.values = values;
        this.problems = problems;
    }

    static ServerConfig read(Optional<Path> file, Map<String, String> environment, Map<String, String> overrides) {
        var problems = new ArrayList<String>();
        var values = new TreeMap<String, String>();
        file.ifPresent(path -> values.putAll(load(path, problems)));
        environment.forEach((name, value) -> keyOf(name).ifPresent(key -> values.put(key, value)));
        values.putAll(overrides);
        var config = new ConfigReader(values, problems).config();
        if (!problems.isEmpty()) {
            throw new ConfigException(problems);
        }
        return config;
    }

    private ServerConfig config() {
        var data = Path.of(text("data.folder", "sluice-data")).toAbsolutePath().normalize();
        var host = text("flight.host", "127.0.0.1");
        if (!isLoopback(host)) {
            problems.add("flight.host = " + host + ": without authentication the server listens on a loopback address"
                    + " only, such as 127.0.0.1");
        }
        var flight = new FlightConfig(
                host,
                number("flight.port", 31_337, 0, 65_535),
                duration("flight.handle-ttl", Duration.ofMinutes(30)),
                number("flight.max-handles", 20_000, 1, 10_000_000),
                number("flight.threads", 256, 4, 10_000));
        var session = new SessionConfig(
                "main",
                "public",
                duration("session.idle-timeout", Duration.ofHours(8)),
                duration("session.transaction-timeout", Duration.ofHours(1)),
                number("session.max", 10_000, 1, 1_000_000));
        var objects = new S3Settings(this);
        var s3 = objects.config();
        var files = new FileConfig(objects.folders(), data.resolve("temp"), size("copy.spool-size", "4GB", 0));
        var warehouse = objects.warehouse(data, size("s3.cache-size", "20GB", 0));
        var catalog = new CatalogConfig(
                new CatalogKeys(this).home(data.resolve("catalog")), warehouse.path(), session.defaultBranch());
        var engine =
                engine(data, warehouse.cache().map(ServerConfig.Cache::folder).orElse(warehouse.path()));
        var functions = new UdfConfig(
                number("functions.kept", 1_000, 0, 1_000_000),
                size("functions.allocation-limit", "50%", Runtime.getRuntime().maxMemory()));
        var packages = packages(data);
        var drain = duration("server.drain", Duration.ofSeconds(5));
        values.keySet().forEach(key -> problems.add(key + ": unknown key"));
        return new ServerConfig(
                data, catalog, flight, session, s3, warehouse.cache(), files, engine, functions, packages, drain);
    }

    private PackagesConfig packages(Path data) {
        return new PackagesConfig(
                data.resolve("packages"),
                flag("packages.offline") ? PackagesConfig.Access.OFFLINE : PackagesConfig.Access.ONLINE,
                find("packages.settings")
                        .map(file -> Path.of(file).toAbsolutePath().normalize()));
    }

    private boolean flag(String key) {
        var text = text(key, "false").toLowerCase(Locale.ROOT);
        if (!text.equals("true") && !text.equals("false")) {
            problem(key, text + ": expected true or false");
        }
        return text.equals("true");
    }

    private EngineConfig engine(Path data, Path warehouse) {
        var cores = Runtime.getRuntime().availableProcessors();
        return new EngineConfig(
                warehouse,
                data.resolve("temp"),
                size("engine.memory", "50%", physicalMemory()),
                size("engine.temp-size", "100GB", 0),
                number("engine.threads", cores, 1, 4_096),
                number("engine.running-statements", Math.max(16, 4 * cores), 1, 10_000),
                duration("engine.admission-wait", Duration.ofSeconds(30)),
                number("engine.batch-rows", 8_192, 1, 1_000_000),
                workers(data, cores));
    }

    private WorkerConfig workers(Path data, int cores) {
        var tier = text("functions.isolation", "shared");
        var known = Stream.of(Tier.values())
                .filter(value -> value.name().equalsIgnoreCase(tier))
                .findFirst();
        if (known.isEmpty()) {
            problems.add("functions.isolation = " + tier + ": expected shared or process");
        }
        return new WorkerConfig(
                known.orElse(Tier.SHARED),
                data.resolve("workers"),
                number("functions.processes", 2 * cores, 1, 1_000),
                number("functions.spare-processes", 1, 0, 100),
                size("functions.process-memory", "256MB", 0));
    }

    /** The value of a key, which counts as known from now on; empty where it is not set. */
    Optional<String> find(String key) {
        return Optional.ofNullable(values.remove(key)).map(String::strip).filter(value -> !value.isEmpty());
    }

    void problem(String key, String message) {
        problems.add(key + ": " + message);
    }

    private String text(String key, String preset) {
        var value = values.remove(key);
        return value == null || value.isBlank() ? preset : value.strip();
    }

    private int number(String key, int preset, int min, int max) {
        var text = text(key, Integer.toString(preset));
        try {
            var value = Integer.parseInt(text);
            if (value >= min && value <= max) {
                return value;
            }
        } catch (NumberFormatException e) {
            // told below, with the range
        }
        problems.add(key + " = " + text + ": expected a number from " + min + " to " + max);
        return preset;
    }

    private Duration duration(String key, Duration preset) {
        var text = values.remove(key);
        if (text == null) {
            return preset;
        }
        var iso = text.strip().toUpperCase(Locale.ROOT);
        try {
            var value = Duration.parse(iso.startsWith("P") ? iso : (iso.endsWith("D") ? "P" : "PT") + iso);
            if (value.isPositive()) {
                return value;
            }
        } catch (DateTimeParseException e) {
            // told below
        }
        problems.add(key + " = " + text + ": expected a time such as 30s, 5m or 8h");
        return preset;
    }

    private long size(String key, String preset, long whole) {
        var text = text(key, preset);
        var share = SHARE.matcher(text);
        if (whole > 0 && share.matches() && Integer.parseInt(share.group(1)) <= 100) {
            return whole / 100 * Integer.parseInt(share.group(1));
        }
        var size = SIZE.matcher(text);
        if (size.matches() && size.group(1).length() < 10) {
            var shift = 10 * "KMGT".indexOf(size.group(2).toUpperCase(Locale.ROOT))
                    + (size.group(2).isEmpty() ? 0 : 10);
            return Long.parseLong(size.group(1)) << shift;
        }
        problems.add(key + " = " + text + ": expected a size such as 4GB" + (whole > 0 ? " or 50%" : ""));
        return 0;
    }

    private static long physicalMemory() {
        try {
            var system = new ObjectName(ManagementFactory.OPERATING_SYSTEM_MXBEAN_NAME);
            return (Long) ManagementFactory.getPlatformMBeanServer().getAttribute(system, "TotalMemorySize");
        } catch (JMException e) {
            return Runtime.getRuntime().maxMemory();
        }
    }

    private static boolean isLoopback(String host) {
        try {
            return Stream.of(InetAddress.getAllByName(host)).allMatch(InetAddress::isLoopbackAddress);
        } catch (UnknownHostException e) {
            return false;
        }
    }

    /** {@code SLUICE_FLIGHT_MAX__HANDLES} is {@code flight.max-handles}: two underscores stand for a hyphen. */
    private static Optional<String> keyOf(String variable) {
        if (!variable.startsWith(ENVIRONMENT_PREFIX) || OWN_VARIABLES.contains(variable)) {
            return Optional.empty();
        }
        var name = variable.substring(ENVIRONMENT_PREFIX.length()).toLowerCase(Locale.ROOT);
        return Optional.of(name.replace("__", "-").replace('_', '.'));
    }

    /** Variables of the launcher, which are no keys. */
    private static final List<String> OWN_VARIABLES = List.of("SLUICE_OPTS", "SLUICE_HOME");

    private static Map<String, String> load(Path file, List<String> problems) {
        var properties = new Properties();
        try (Reader reader = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
            properties.load(reader);
        } catch (IOException | IllegalArgumentException e) {
            problems.add("Cannot read config file " + file + ": " + e.getMessage());
        }
        var values = new LinkedHashMap<String, String>();
        properties.stringPropertyNames().forEach(key -> values.put(key, properties.getProperty(key)));
        return values;
    }
}
