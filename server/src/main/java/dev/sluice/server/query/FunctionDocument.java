package dev.sluice.server.query;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.core.Failure;
import dev.sluice.core.FailureException;
import dev.sluice.core.FunctionKind;
import dev.sluice.core.FunctionLimits;
import dev.sluice.core.LockedJar;
import dev.sluice.udf.runtime.UdfSource;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.arrow.vector.types.pojo.Schema;

/**
 * A function's definition as the catalog stores it: JSON, with the parameters and, last, the result as an Arrow schema.
 */
final class FunctionDocument {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int VERSION = 1;

    private FunctionDocument() {}

    static String write(UdfSource source) {
        var fields = new ArrayList<>(source.parameters());
        fields.add(source.result());
        try {
            var document = JSON.createObjectNode();
            document.put("version", VERSION);
            document.put("name", source.name());
            document.put("kind", source.kind().name());
            document.put("language", "JAVA");
            document.set("signature", JSON.readTree(new Schema(fields).toJson()));
            source.handler().ifPresent(handler -> document.put("handler", handler));
            document.put("deterministic", source.deterministic());
            document.put("called-on-null", source.calledOnNull());
            source.limits().tier().ifPresent(tier -> document.put("isolation", tier.name()));
            source.limits().timeout().ifPresent(timeout -> document.put("timeout-ms", timeout.toMillis()));
            var libraries = document.putArray("packages");
            source.libraries().forEach(jar -> libraries.add(write(jar)));
            document.put("body", source.body());
            return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(document);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("A function's definition could not be written", e);
        }
    }

    private static FunctionLimits limits(JsonNode json) {
        return new FunctionLimits(
                Optional.ofNullable(json.get("isolation")).map(tier -> FunctionLimits.Tier.valueOf(tier.asText())),
                Optional.ofNullable(json.get("timeout-ms")).map(timeout -> Duration.ofMillis(timeout.asLong())));
    }

    private static ObjectNode write(LockedJar jar) {
        return JSON.createObjectNode()
                .put("name", jar.name())
                .put("sha256", jar.sha256())
                .put("bytes", jar.bytes());
    }

    private static List<LockedJar> libraries(JsonNode packages) {
        var libraries = new ArrayList<LockedJar>();
        packages.forEach(jar -> libraries.add(new LockedJar(
                jar.path("name").asText(),
                jar.path("sha256").asText(),
                jar.path("bytes").asLong())));
        return List.copyOf(libraries);
    }

    static UdfSource read(String document) {
        try {
            var json = JSON.readTree(document);
            if (json.path("version").asInt() != VERSION) {
                throw Failure.unsupported("Function " + json.path("name").asText() + " was stored by another version: "
                                + "create it again")
                        .exception();
            }
            var fields = Schema.fromJSON(json.path("signature").toString()).getFields();
            return new UdfSource(
                            json.path("name").asText(),
                            FunctionKind.valueOf(json.path("kind").asText(FunctionKind.SCALAR.name())),
                            fields.subList(0, fields.size() - 1),
                            fields.getLast(),
                            Optional.ofNullable(json.get("handler")).map(JsonNode::asText),
                            json.path("deterministic").asBoolean(),
                            json.path("called-on-null").asBoolean(),
                            libraries(json.path("packages")),
                            json.path("body").asText())
                    .within(limits(json));
        } catch (IOException e) {
            throw new FailureException(new Failure.Internal("A stored function cannot be read: " + e.getMessage()), e);
        }
    }
}
