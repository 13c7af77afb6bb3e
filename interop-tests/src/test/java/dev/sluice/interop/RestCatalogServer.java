package dev.sluice.interop;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import java.util.UUID;
import org.apache.iceberg.CatalogProperties;
import org.apache.iceberg.Files;
import org.apache.iceberg.io.FileIO;
import org.apache.iceberg.io.InputFile;
import org.apache.iceberg.io.OutputFile;
import org.apache.iceberg.jdbc.JdbcCatalog;
import org.apache.iceberg.rest.RESTCatalogAdapter;
import org.apache.iceberg.rest.RESTCatalogServlet;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.eclipse.jetty.server.Server;

/** Iceberg's own REST catalog server, as its project tests with: over a database in memory, and a folder of files. */
public final class RestCatalogServer implements AutoCloseable {
    private final Server server;
    private final JdbcCatalog catalog;

    private RestCatalogServer(Server server, JdbcCatalog catalog) {
        this.server = server;
        this.catalog = catalog;
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
        var handler = new ServletContextHandler();
        handler.addServlet(new ServletHolder(new RESTCatalogServlet(new RESTCatalogAdapter(catalog))), "/*");
        var server = new Server(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        server.setHandler(handler);
        server.start();
        return new RestCatalogServer(server, catalog);
    }

    /** Where its API begins. */
    public URI uri() {
        return URI.create(server.getURI().toString().replaceAll("/$", ""));
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
