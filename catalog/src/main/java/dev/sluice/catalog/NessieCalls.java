package dev.sluice.catalog;

import com.google.errorprone.annotations.MustBeClosed;
import dev.sluice.core.Code;
import dev.sluice.core.Failure;
import dev.sluice.core.FailureException;
import dev.sluice.core.Ref;
import java.net.ConnectException;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.projectnessie.client.NessieClientBuilder;
import org.projectnessie.client.NessieConfigConstants;
import org.projectnessie.client.api.NessieApiV2;
import org.projectnessie.client.auth.oauth2.OAuth2Exception;
import org.projectnessie.client.rest.NessieNotAuthorizedException;
import org.projectnessie.error.BaseNessieClientServerException;
import org.projectnessie.error.NessieBadRequestException;
import org.projectnessie.error.NessieForbiddenException;
import org.projectnessie.error.NessieNotFoundException;
import org.projectnessie.error.NessieReferenceAlreadyExistsException;
import org.projectnessie.error.NessieReferenceConflictException;
import org.projectnessie.error.NessieUnavailableException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Calls of one Nessie server: the exceptions of its client end here. Thread-safe. */
final class NessieCalls {
    private static final Logger LOG = LoggerFactory.getLogger(NessieCalls.class);

    private final URI uri;

    NessieCalls(URI uri) {
        this.uri = uri;
    }

    /** One call. */
    interface Call<T> {
        T run() throws BaseNessieClientServerException;
    }

    @MustBeClosed
    NessieApiV2 connect(CatalogConfig.Auth auth) {
        var settings = settings(auth);
        return NessieClientBuilder.createClientBuilder("HTTP", null)
                .withUri(uri)
                .withAuthenticationFromConfig(settings::get)
                .build(NessieApiV2.class);
    }

    private static Map<String, String> settings(CatalogConfig.Auth auth) {
        return switch (auth) {
            case CatalogConfig.Auth.None _ -> Map.of();
            case CatalogConfig.Auth.Bearer(var token) ->
                Map.of(
                        NessieConfigConstants.CONF_NESSIE_AUTH_TYPE,
                        "BEARER",
                        NessieConfigConstants.CONF_NESSIE_AUTH_TOKEN,
                        token);
            case CatalogConfig.Auth.ClientCredentials oauth -> {
                var settings = new HashMap<>(Map.of(
                        NessieConfigConstants.CONF_NESSIE_AUTH_TYPE, "OAUTH2",
                        NessieConfigConstants.CONF_NESSIE_OAUTH2_GRANT_TYPE,
                                NessieConfigConstants.CONF_NESSIE_OAUTH2_GRANT_TYPE_CLIENT_CREDENTIALS,
                        NessieConfigConstants.CONF_NESSIE_OAUTH2_TOKEN_ENDPOINT,
                                oauth.tokenEndpoint().toString(),
                        NessieConfigConstants.CONF_NESSIE_OAUTH2_CLIENT_ID, oauth.clientId(),
                        NessieConfigConstants.CONF_NESSIE_OAUTH2_CLIENT_SECRET, oauth.clientSecret()));
                oauth.scope()
                        .ifPresent(
                                scope -> settings.put(NessieConfigConstants.CONF_NESSIE_OAUTH2_CLIENT_SCOPES, scope));
                yield settings;
            }
        };
    }

    /** A call about a ref; {@code REF_NOT_FOUND} where the server knows none of it. */
    <T> T ask(Ref ref, Call<T> call) {
        try {
            return call.run();
        } catch (NessieNotFoundException e) {
            throw CatalogFailures.refNotFound(ref, e);
        } catch (NessieReferenceAlreadyExistsException e) {
            throw new FailureException(
                    new Failure.Exists(Code.REF_EXISTS, "A branch or tag '" + ref.name() + "' exists already"), e);
        } catch (BaseNessieClientServerException e) {
            throw new FailureException(new Failure.Conflict(ref + " was changed by another commit meanwhile"), e);
        } catch (RuntimeException e) {
            throw new FailureException(
                    notDone(e).orElseGet(() -> new Failure.Unavailable(what() + " failed: " + e.getMessage())), e);
        }
    }

    /**
     * A change of a branch, of which it may stay unknown what became of it.
     *
     * @param other makes an answer of an outcome that is not the call's own
     */
    <T> T change(Ref.Branch branch, Call<T> call, Function<CommitOutcome, T> other) {
        try {
            return call.run();
        } catch (NessieNotFoundException e) {
            throw CatalogFailures.refNotFound(branch, e);
        } catch (NessieReferenceConflictException e) {
            return other.apply(NessieConflicts.outcome(Optional.ofNullable(e.getErrorDetails()), e));
        } catch (BaseNessieClientServerException e) {
            return other.apply(NessieConflicts.outcome(Optional.empty(), e));
        } catch (RuntimeException e) {
            var notDone = notDone(e);
            if (notDone.isPresent()) {
                throw new FailureException(notDone.get(), e);
            }
            LOG.error("A commit on {} broke off", branch, e);
            return other.apply(new CommitOutcome.Unknown("The commit on " + branch + " broke off: " + e.getMessage()));
        }
    }

    private String what() {
        return "Nessie at " + uri;
    }

    /** Why a call certainly had no effect; empty where it may have had one. */
    private Optional<Failure> notDone(RuntimeException e) {
        return switch (e) {
            case NessieNotAuthorizedException _, NessieForbiddenException _, OAuth2Exception _ ->
                Optional.of(
                        new Failure.Forbidden(what() + " refuses this server: " + e.getMessage(), Optional.empty()));
            case NessieBadRequestException _ ->
                Optional.of(new Failure.Invalid(
                        Code.INVALID_VALUE, what() + " refuses the call: " + e.getMessage(), Optional.empty()));
            case NessieUnavailableException _ ->
                Optional.of(new Failure.Unavailable(what() + " is not available: " + e.getMessage()));
            default ->
                Stream.iterate((Throwable) e, Objects::nonNull, Throwable::getCause)
                                .anyMatch(ConnectException.class::isInstance)
                        ? Optional.of(new Failure.Unavailable(what() + " does not answer"))
                        : Optional.empty();
        };
    }
}
