package dev.sluice.conformance;

import java.io.IOException;
import java.nio.file.Files;
import java.sql.SQLException;
import java.util.Comparator;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** One server on a fresh folder for each test class, which its tests take as a parameter {@link Lake}. */
final class SluiceExtension implements BeforeAllCallback, AfterAllCallback, ParameterResolver {
    private static final Namespace NAMESPACE = Namespace.create(SluiceExtension.class);

    @Override
    @SuppressWarnings("MustBeClosedChecker") // afterAll closes it
    public void beforeAll(ExtensionContext context) throws IOException, SQLException {
        store(context).put(Lake.class, Lake.open(Files.createTempDirectory("sluice-conformance")));
    }

    @Override
    public void afterAll(ExtensionContext context) throws IOException, SQLException {
        var lake = store(context).remove(Lake.class, Lake.class);
        lake.close();
        try (var paths = Files.walk(lake.data())) {
            for (var path : paths.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == Lake.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return store(context).get(Lake.class, Lake.class);
    }

    private static ExtensionContext.Store store(ExtensionContext context) {
        return context.getStore(NAMESPACE);
    }
}
