package dev.sluice.server.flight;

import dev.sluice.server.session.Session;
import dev.sluice.server.session.Sessions;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.apache.arrow.flight.CallHeaders;
import org.apache.arrow.flight.CallInfo;
import org.apache.arrow.flight.CallStatus;
import org.apache.arrow.flight.FlightProducer.CallContext;
import org.apache.arrow.flight.FlightServerMiddleware;
import org.apache.arrow.flight.RequestContext;

/**
 * The session of one call: found by the client's cookie, or opened. A client that keeps no cookies has a new session,
 * with the {@code ref} and {@code schema} of its headers, in each call.
 */
final class SessionMiddleware implements FlightServerMiddleware {
    static final Key<SessionMiddleware> KEY = Key.of("sluice-session");

    private static final String COOKIE = "sluice-session";
    private static final String ANONYMOUS = "anonymous";

    private final Session session;
    private final boolean opened;

    private SessionMiddleware(Session session, boolean opened) {
        this.session = session;
        this.opened = opened;
    }

    static Factory<SessionMiddleware> factory(Sessions sessions) {
        return (CallInfo _, CallHeaders headers, RequestContext _) -> cookie(headers)
                .flatMap(sessions::find)
                .map(session -> new SessionMiddleware(session, false))
                .orElseGet(() -> new SessionMiddleware(
                        sessions.open(ANONYMOUS, header(headers, "ref"), header(headers, "schema")), true));
    }

    /** The session of the call. */
    static Session of(CallContext context) {
        return context.getMiddleware(KEY).session;
    }

    private static Optional<String> cookie(CallHeaders headers) {
        var cookies = headers.getAll("cookie");
        return cookies == null
                ? Optional.empty()
                : StreamSupport.stream(cookies.spliterator(), false)
                        .flatMap(line -> Stream.of(line.split(";")))
                        .map(String::strip)
                        .filter(cookie -> cookie.startsWith(COOKIE + "="))
                        .map(cookie -> unquoted(cookie.substring(COOKIE.length() + 1)))
                        .findFirst();
    }

    private static String unquoted(String value) {
        return value.length() > 1 && value.startsWith("\"") ? value.substring(1, value.length() - 1) : value;
    }

    private static Optional<String> header(CallHeaders headers, String name) {
        return Optional.ofNullable(headers.get(name)).filter(value -> !value.isBlank());
    }

    @Override
    public void onBeforeSendingHeaders(CallHeaders headers) {
        if (opened) {
            headers.insert("set-cookie", COOKIE + "=" + session.id());
        }
    }

    @Override
    public void onCallCompleted(CallStatus status) {}

    @Override
    public void onCallErrored(Throwable error) {}
}
