package dev.sluice.interop;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Stands before a server, and lets pass who shows the token: {@code secret-token}, which {@code /token} gives for the
 * client {@code sluice} with the secret {@code s3cret}.
 */
public final class Doorkeeper implements AutoCloseable {
    private static final String TOKEN = "secret-token";
    /** {@code sluice:s3cret}, as HTTP's Basic has it. */
    private static final String CLIENT = "Basic c2x1aWNlOnMzY3JldA==";
    /** The same, as clients have it that put both into the form. */
    private static final List<String> FORM = List.of("client_id=sluice", "client_secret=s3cret");

    private static final List<String> FORWARDED = List.of("Accept", "Content-Type", "Content-Encoding");

    private final HttpServer door;
    private final HttpClient client = HttpClient.newHttpClient();

    public Doorkeeper(URI behind) throws IOException {
        this.door = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        door.createContext("/token", this::giveToken);
        door.createContext("/", exchange -> {
            if (("Bearer " + TOKEN).equals(exchange.getRequestHeaders().getFirst("Authorization"))) {
                forward(exchange, behind.resolve(exchange.getRequestURI()));
            } else {
                answer(exchange, 401, "{\"status\": 401, \"reason\": \"Unauthorized\", \"message\": \"no token\"}");
            }
        });
        door.start();
    }

    /** This door's address of a path. */
    public URI uri(String path) {
        return URI.create("http://127.0.0.1:" + door.getAddress().getPort() + path);
    }

    private void giveToken(HttpExchange exchange) throws IOException {
        var form = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        var known = CLIENT.equals(exchange.getRequestHeaders().getFirst("Authorization"))
                || List.of(form.split("&", -1)).containsAll(FORM);
        if (known && form.contains("grant_type=client_credentials")) {
            answer(
                    exchange,
                    200,
                    "{\"access_token\": \"" + TOKEN + "\", \"token_type\": \"bearer\", \"expires_in\": 600}");
        } else {
            answer(exchange, 401, "{\"error\": \"invalid_client\", \"error_description\": \"unknown client\"}");
        }
    }

    private static void answer(HttpExchange exchange, int status, String json) throws IOException {
        var body = json.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().add("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, body.length);
        try (var out = exchange.getResponseBody()) {
            out.write(body);
        }
    }

    private void forward(HttpExchange exchange, URI target) throws IOException {
        var request = HttpRequest.newBuilder(target)
                .method(
                        exchange.getRequestMethod(),
                        HttpRequest.BodyPublishers.ofByteArray(
                                exchange.getRequestBody().readAllBytes()));
        for (var name : FORWARDED) {
            var value = exchange.getRequestHeaders().getFirst(name);
            if (value != null) {
                request.header(name, value);
            }
        }
        try {
            var response = client.send(request.build(), BodyHandlers.ofString());
            answer(exchange, response.statusCode(), response.body());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }

    @Override
    public void close() {
        door.stop(0);
        client.close();
    }
}
