package dev.sluice.packages;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.stream.Stream;
import org.apache.maven.model.building.DefaultModelProcessor;
import org.apache.maven.model.io.DefaultModelReader;
import org.apache.maven.model.locator.DefaultModelLocator;
import org.apache.maven.model.superpom.DefaultSuperPomProvider;
import org.apache.maven.repository.internal.ArtifactDescriptorUtils;
import org.apache.maven.settings.Activation;
import org.apache.maven.settings.Profile;
import org.apache.maven.settings.Repository;
import org.apache.maven.settings.RepositoryPolicy;
import org.apache.maven.settings.Settings;
import org.apache.maven.settings.building.DefaultSettingsBuilderFactory;
import org.apache.maven.settings.building.DefaultSettingsBuildingRequest;
import org.apache.maven.settings.building.SettingsBuildingException;
import org.eclipse.aether.repository.RemoteRepository;

/** What Maven on this machine is set to: registries, mirrors, proxies, and where its local repository lies. */
record MavenSettings(Settings settings) {
    /** @param user's settings; where Maven looks for them if absent */
    static MavenSettings read(Optional<Path> user) {
        var request = new DefaultSettingsBuildingRequest();
        globalFile().ifPresent(request::setGlobalSettingsFile);
        request.setUserSettingsFile(
                user.orElseGet(() -> home().resolve("settings.xml")).toFile());
        request.setSystemProperties(systemProperties());
        try {
            var result = new DefaultSettingsBuilderFactory().newInstance().build(request);
            return new MavenSettings(result.getEffectiveSettings());
        } catch (SettingsBuildingException e) {
            throw new IllegalArgumentException("The settings of Maven cannot be read: " + e.getMessage(), e);
        }
    }

    private static Path home() {
        return Path.of(System.getProperty("user.home"), ".m2");
    }

    private static Optional<File> globalFile() {
        return Stream.of("MAVEN_HOME", "M2_HOME")
                .flatMap(name -> Optional.ofNullable(System.getenv(name)).stream())
                .map(folder -> Path.of(folder, "conf", "settings.xml"))
                .filter(Files::isReadable)
                .map(Path::toFile)
                .findFirst();
    }

    /** With the environment as {@code env.NAME}, as settings refer to it. */
    static Properties systemProperties() {
        var properties = new Properties();
        properties.putAll(System.getProperties());
        System.getenv().forEach((name, value) -> properties.setProperty("env." + name, value));
        return properties;
    }

    Path localRepository() {
        return Optional.ofNullable(settings.getLocalRepository())
                .filter(folder -> !folder.isBlank())
                .map(Path::of)
                .orElseGet(() -> home().resolve("repository"));
    }

    /** Those of active profiles, then Maven's own. */
    List<RemoteRepository> repositories() {
        var own = settings.getProfiles().stream()
                .filter(this::isActive)
                .flatMap(profile -> profile.getRepositories().stream())
                .map(MavenSettings::remote);
        var processor = new DefaultModelProcessor()
                .setModelLocator(new DefaultModelLocator())
                .setModelReader(new DefaultModelReader());
        var preset = new DefaultSuperPomProvider()
                .setModelProcessor(processor).getSuperModel("4.0.0").getRepositories().stream()
                        .map(ArtifactDescriptorUtils::toRemoteRepository);
        return Stream.concat(own, preset).toList();
    }

    private boolean isActive(Profile profile) {
        return settings.getActiveProfiles().contains(profile.getId())
                || Optional.ofNullable(profile.getActivation())
                        .filter(Activation::isActiveByDefault)
                        .isPresent();
    }

    private static RemoteRepository remote(Repository repository) {
        return new RemoteRepository.Builder(repository.getId(), repository.getLayout(), repository.getUrl())
                .setReleasePolicy(policy(repository.getReleases()))
                .setSnapshotPolicy(policy(repository.getSnapshots()))
                .build();
    }

    @SuppressWarnings("NullAway") // absent means Maven's presets
    private static org.eclipse.aether.repository.RepositoryPolicy policy(RepositoryPolicy policy) {
        return policy == null
                ? new org.eclipse.aether.repository.RepositoryPolicy()
                : new org.eclipse.aether.repository.RepositoryPolicy(
                        policy.isEnabled(), policy.getUpdatePolicy(), policy.getChecksumPolicy());
    }
}
