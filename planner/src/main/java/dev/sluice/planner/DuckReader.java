package dev.sluice.planner;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.sluice.core.Code;
import dev.sluice.core.Failure;
import dev.sluice.core.FailureException;
import java.util.Optional;
import java.util.OptionalInt;
import org.apache.calcite.sql.parser.SqlParserPos;

/** Reads queries by DuckDB's own grammar. */
final class DuckReader {
    /** DuckDB itself refuses expressions deeper than 1000, each of which is a few levels of JSON. */
    private static final int MAX_DEPTH = 20_000;

    private final SecondParser parser;
    private final JsonMapper json;

    DuckReader(SecondParser parser) {
        this.parser = parser;
        this.json = JsonMapper.builder().build();
        json.getFactory()
                .setStreamReadConstraints(StreamReadConstraints.builder()
                        .maxNestingDepth(MAX_DEPTH)
                        .maxStringLength(Integer.MAX_VALUE)
                        .build());
    }

    /** What came of it. */
    sealed interface Outcome {
        record Read(Mentions mentions) implements Outcome {}

        /** DuckDB refuses the text, at this character where it says so. */
        record Refused(String message, OptionalInt offset) implements Outcome {}

        /** DuckDB may run the text, but does not show how it reads it. */
        record Unshown() implements Outcome {}
    }

    /** Fails for what DuckDB reads and no query may do. */
    Outcome read(String sql, Draft draft) {
        JsonNode tree;
        try {
            tree = json.readTree(parser.parse(sql));
        } catch (JsonProcessingException e) {
            var failure =
                    new Failure.Invalid(Code.LIMIT_EXCEEDED, "The query nests too deeply to be read", Optional.empty());
            throw new FailureException(failure, e);
        } catch (FailureException e) {
            if (e.failure() instanceof Failure.Invalid(Code _, String message, Optional<Failure.Position> position)) {
                return new Outcome.Refused(message, offset(sql, position));
            }
            throw e;
        }
        if (!tree.path("error").asBoolean()) {
            return new Outcome.Read(new DuckMentions(sql, draft).of(tree));
        }
        if ("not implemented".equals(tree.path("error_type").asText())) {
            return new Outcome.Unshown();
        }
        var message = tree.path("error_message").asText();
        if (message.startsWith("Max expression depth")) {
            throw draft.failure(Code.LIMIT_EXCEEDED, "An expression nests deeper than 1000 levels", 0);
        }
        var position = tree.path("position");
        return new Outcome.Refused(
                message,
                position.isMissingNode()
                        ? OptionalInt.empty()
                        : OptionalInt.of(new Utf8Map(sql).character(position.asInt())));
    }

    private static OptionalInt offset(String sql, Optional<Failure.Position> position) {
        return position.map(place -> new SqlParserPos(place.line(), place.column()))
                .map(place -> OptionalInt.of(new LineMap(sql).start(place)))
                .orElse(OptionalInt.empty());
    }
}
