package dev.sluice.server;

import dev.sluice.catalog.CatalogConfig;
import dev.sluice.engine.EngineConfig;
import dev.sluice.packages.PackagesConfig;
import dev.sluice.s3.S3Config;
import dev.sluice.server.files.FileConfig;
import dev.sluice.server.flight.FlightConfig;
import dev.sluice.server.session.SessionConfig;
import dev.sluice.udf.runtime.UdfConfig;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * All that a server is told: one record for each area.
 *
 * @param dataFolder holds temporary files, and the catalog and the warehouse unless these are elsewhere
 * @param cache of objects; absent where the warehouse is a folder
 * @param drain how long running statements may go on when the server ends
 */
public record ServerConfig(
        Path dataFolder,
        CatalogConfig catalog,
        FlightConfig flight,
        SessionConfig session,
        S3Config s3,
        Optional<Cache> cache,
        FileConfig files,
        EngineConfig engine,
        UdfConfig functions,
        PackagesConfig packages,
        Duration drain) {
    /**
     * Where objects lie that were read or written, and how much of them is kept.
     *
     * @param bytes what statements hold may take more for a time
     */
    public record Cache(Path folder, long bytes) {}

    /**
     * Reads a properties file, then {@code SLUICE_…} variables of the environment, then the overrides: later ones win.
     *
     * @throws ConfigException with every problem found
     */
    public static ServerConfig read(Optional<Path> file, Map<String, String> overrides) {
        return ConfigReader.read(file, System.getenv(), overrides);
    }
}
