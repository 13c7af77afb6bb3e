package dev.sluice.interop;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.apache.iceberg.CatalogProperties;
import org.apache.iceberg.Files;
import org.apache.iceberg.exceptions.RESTException;
import org.apache.iceberg.io.FileIO;
import org.apache.iceberg.io.InputFile;
import org.apache.iceberg.io.OutputFile;
import org.apache.iceberg.jdbc.JdbcCatalog;
import org.apache.iceberg.rest.HTTPRequest;
import org.apache.iceberg.rest.RESTCatalogAdapter;
import org.apache.iceberg.rest.RESTCatalogServlet;
import org.apache.iceberg.rest.RESTResponse;
import org.apache.iceberg.rest.responses.ErrorResponse;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.eclipse.jetty.server.Server;

/** Iceberg's own REST catalog server, as its project tests with: over a database in memory, and a folder of files. */
public final class RestCatalogServer implements AutoCloseable {
    private final Server server;
    private final JdbcCatalog catalog;
    private final Forgetful adapter;

    private RestCatalogServer(Server server, JdbcCatalog catalog, Forgetful adapter) {
        this.server = server;
        this.catalog = catalog;
        this.adapter = adapter;
    }

    /** An empty one, which answers when this returns. */
    public static RestCatalogServer start(Path warehouse) throws Exception {
        var catalog = new JdbcCatalog(_ -> new LocalFiles(), null, true);
        catalog.initialize(
                "rest",
                Map.of(
                        CatalogProperties.URI,
                        "jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1",
                        CatalogProperties.WAREHOUSE_LOCATION,
                        warehouse.toString(),
                        "jdbc.schema-version",
                        "V1"));
        var adapter = new Forgetful(catalog);
        var handler = new ServletContextHandler();
        handler.addServlet(new ServletHolder(new RESTCatalogServlet(adapter)), "/*");
        var server = new Server(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        server.setHandler(handler);
        server.start();
        return new RestCatalogServer(server, catalog, adapter);
    }

    /** Where its API begins. */
    public URI uri() {
        return URI.create(server.getURI().toString().replaceAll("/$", ""));
    }

    /** The next change is made, and answered with an error. */
    public void forgetNextChange() {
        adapter.forgets.set(true);
    }

    @Override
    public void close() {
        try {
            server.stop();
        } catch (Exception e) {
            throw new IllegalStateException("The REST catalog server does not stop", e);
        }
        catalog.close();
    }

    private static final class Forgetful extends RESTCatalogAdapter {
        private final AtomicBoolean forgets = new AtomicBoolean();

        Forgetful(JdbcCatalog catalog) {
            super(catalog);
        }

        @Override
        protected <T extends RESTResponse> T execute(
                HTTPRequest request,
                Class<T> type,
                Consumer<ErrorResponse> errors,
                Consumer<Map<String, String>> headers) {
            var answer = super.execute(request, type, errors, headers);
            if (request.method() == HTTPRequest.HTTPMethod.POST && forgets.getAndSet(false)) {
                errors.accept(ErrorResponse.builder()
                        .responseCode(500)
                        .withType("Forgetful")
                        .withMessage("the answer was lost")
                        .build());
                throw new RESTException("The answer was lost");
            }
            return answer;
        }
    }

    private record LocalFiles() implements FileIO {
        @Override
        public InputFile newInputFile(String path) {
            return Files.localInput(path);
        }

        @Override
        public OutputFile newOutputFile(String path) {
            return Files.localOutput(path);
        }

        @Override
        public void deleteFile(String path) {
            throw new UnsupportedOperationException("The server deletes no files: " + path);
        }
    }
}
