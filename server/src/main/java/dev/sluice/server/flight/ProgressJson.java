package dev.sluice.server.flight;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sluice.server.query.RunningStatements.Progress;
import java.util.List;

/** Running statements as a JSON array of {@code id}, {@code percent}, {@code rows} and {@code seconds}. */
final class ProgressJson {
    private static final ObjectMapper JSON = new ObjectMapper();

    private ProgressJson() {}

    static String write(List<Progress> running) {
        try {
            return JSON.writeValueAsString(running);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("Numbers could not be written as JSON", e);
        }
    }
}
