package dev.sluice.packages;

import com.google.errorprone.annotations.MustBeClosed;
import dev.sluice.core.Code;
import dev.sluice.core.Failure;
import dev.sluice.core.FailureException;
import dev.sluice.packages.PackagesConfig.Access;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.maven.settings.Mirror;
import org.apache.maven.settings.Proxy;
import org.apache.maven.settings.Server;
import org.apache.maven.settings.Settings;
import org.eclipse.aether.RepositorySystem;
import org.eclipse.aether.RepositorySystemSession.CloseableSession;
import org.eclipse.aether.artifact.DefaultArtifact;
import org.eclipse.aether.collection.CollectRequest;
import org.eclipse.aether.graph.Dependency;
import org.eclipse.aether.repository.RemoteRepository;
import org.eclipse.aether.repository.RepositoryPolicy;
import org.eclipse.aether.resolution.DependencyRequest;
import org.eclipse.aether.resolution.DependencyResolutionException;
import org.eclipse.aether.supplier.RepositorySystemSupplier;
import org.eclipse.aether.supplier.SessionBuilderSupplier;
import org.eclipse.aether.transfer.ArtifactNotFoundException;
import org.eclipse.aether.transfer.ArtifactTransferException;
import org.eclipse.aether.util.repository.AuthenticationBuilder;
import org.eclipse.aether.util.repository.DefaultAuthenticationSelector;
import org.eclipse.aether.util.repository.DefaultMirrorSelector;
import org.eclipse.aether.util.repository.DefaultProxySelector;

/**
 * Maven's own resolver with this machine's settings: what a package needs, which of two versions wins, and where it is
 * downloaded from are as in a build. Thread-safe.
 */
final class MavenResolver implements AutoCloseable {
    private static final String COMPILE = "compile";
    private static final Set<String> RUNTIME = Set.of(COMPILE, "runtime");

    /** Would ask each registry first for the names of all that it has. */
    private static final String FILTER_BY_PREFIXES = "aether.remoteRepositoryFilter.prefixes";

    private final RepositorySystem system;
    private final CloseableSession session;
    private final List<RemoteRepository> repositories;
    private final boolean offline;

    private MavenResolver(
            RepositorySystem system, CloseableSession session, List<RemoteRepository> repositories, boolean offline) {
        this.system = system;
        this.session = session;
        this.repositories = repositories;
        this.offline = offline;
    }

    /** A jar where Maven's local repository has it. */
    record Resolved(String coordinates, Path file) {}

    @MustBeClosed
    static MavenResolver open(PackagesConfig config) {
        var maven = MavenSettings.read(config.settings());
        var settings = maven.settings();
        var offline = config.access() == Access.OFFLINE || settings.isOffline();
        var system = new RepositorySystemSupplier().get();
        var session = new SessionBuilderSupplier(system)
                .get()
                .withLocalRepositoryBaseDirectories(maven.localRepository())
                .setSystemProperties(MavenSettings.systemProperties())
                .setOffline(offline)
                .setConfigProperty(FILTER_BY_PREFIXES, false)
                .setIgnoreArtifactDescriptorRepositories(true) // a package sends the server nowhere
                .setChecksumPolicy(RepositoryPolicy.CHECKSUM_POLICY_FAIL)
                .setMirrorSelector(mirrors(settings))
                .setProxySelector(proxies(settings))
                .setAuthenticationSelector(authentication(settings))
                .build();
        return new MavenResolver(
                system, session, system.newResolutionRepositories(session, maven.repositories()), offline);
    }

    /** The packages and all that they need at run time, in the order of a class path. */
    List<Resolved> resolve(List<Coordinates> packages) {
        var wanted = packages.stream()
                .map(one -> new Dependency(new DefaultArtifact(one.toString()), COMPILE))
                .toList();
        var request = new DependencyRequest(
                new CollectRequest(wanted, List.of(), repositories),
                (node, _) -> node.getDependency() == null
                        || RUNTIME.contains(node.getDependency().getScope()));
        try {
            return system.resolveDependencies(session, request).getArtifactResults().stream()
                    .map(result -> result.getArtifact())
                    .filter(artifact -> artifact.getExtension().equals("jar"))
                    .map(artifact -> new Resolved(artifact.toString().replace(":jar:", ":"), artifact.getPath()))
                    .toList();
        } catch (DependencyResolutionException e) {
            throw new FailureException(failure(packages, e), e);
        }
    }

    private Failure failure(List<Coordinates> packages, DependencyResolutionException e) {
        var names =
                String.join("', '", packages.stream().map(Coordinates::toString).toList());
        var what = "Package '" + names + "' cannot be had: " + rootMessage(e);
        if (offline) {
            return new Failure.NotFound(
                    Code.FILE_NOT_FOUND,
                    what + "; this server resolves offline: see packages.offline",
                    Optional.empty());
        }
        return isTransfer(e)
                ? new Failure.Unavailable(what)
                : new Failure.NotFound(Code.FILE_NOT_FOUND, what, Optional.empty());
    }

    private static boolean isTransfer(Throwable e) {
        for (var cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof ArtifactTransferException) {
                return !(cause instanceof ArtifactNotFoundException);
            }
        }
        return false;
    }

    private static String rootMessage(Throwable e) {
        var cause = e;
        while (cause.getCause() != null && !(cause instanceof ArtifactTransferException)) {
            cause = cause.getCause();
        }
        return String.valueOf(cause.getMessage()).strip();
    }

    private static DefaultMirrorSelector mirrors(Settings settings) {
        var selector = new DefaultMirrorSelector();
        for (Mirror mirror : settings.getMirrors()) {
            selector.add(
                    mirror.getId(),
                    mirror.getUrl(),
                    mirror.getLayout(),
                    false,
                    mirror.isBlocked(),
                    mirror.getMirrorOf(),
                    mirror.getMirrorOfLayouts());
        }
        return selector;
    }

    private static DefaultProxySelector proxies(Settings settings) {
        var selector = new DefaultProxySelector();
        for (Proxy proxy : settings.getProxies()) {
            if (proxy.isActive()) {
                var authentication = new AuthenticationBuilder()
                        .addUsername(proxy.getUsername())
                        .addPassword(proxy.getPassword())
                        .build();
                selector.add(
                        new org.eclipse.aether.repository.Proxy(
                                proxy.getProtocol(), proxy.getHost(), proxy.getPort(), authentication),
                        proxy.getNonProxyHosts());
            }
        }
        return selector;
    }

    private static DefaultAuthenticationSelector authentication(Settings settings) {
        var selector = new DefaultAuthenticationSelector();
        for (Server server : settings.getServers()) {
            selector.add(
                    server.getId(),
                    new AuthenticationBuilder()
                            .addUsername(server.getUsername())
                            .addPassword(server.getPassword())
                            .build());
        }
        return selector;
    }

    @Override
    public void close() {
        session.close(); // before the system, which would otherwise wait for it
        system.shutdown();
    }
}
