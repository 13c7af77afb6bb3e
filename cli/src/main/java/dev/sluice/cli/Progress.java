package dev.sluice.cli;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.Optional;
import java.util.OptionalDouble;

/** How far a statement is, as far as the server can tell. */
record Progress(OptionalDouble percent, long rows) {
    private static final JsonFactory JSON = new JsonFactory();

    /** The first of the running statements in the server's answer. */
    static Optional<Progress> parse(String answer) {
        try (var json = JSON.createParser(answer)) {
            if (json.nextToken() != JsonToken.START_ARRAY || json.nextToken() != JsonToken.START_OBJECT) {
                return Optional.empty();
            }
            var percent = -1.0;
            var rows = 0L;
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                var name = json.currentName();
                json.nextToken();
                switch (name) {
                    case "percent" -> percent = json.getValueAsDouble(-1);
                    case "rows" -> rows = json.getValueAsLong();
                    default -> json.skipChildren();
                }
            }
            return Optional.of(new Progress(percent < 0 ? OptionalDouble.empty() : OptionalDouble.of(percent), rows));
        } catch (IOException _) {
            return Optional.empty();
        }
    }
}
