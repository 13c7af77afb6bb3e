package dev.sluice.catalog;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.apache.iceberg.TableMetadataParser;
import org.apache.iceberg.io.FileIO;

/**
 * What stands in a table's metadata file before its snapshots, which are most of it.
 *
 * @param location the table's folder
 * @param properties their names
 */
record TableHead(String location, List<String> properties) {
    private static final JsonFactory JSON = new JsonFactory();

    TableHead {
        properties = List.copyOf(properties);
    }

    /** Reads until both are known, in whichever order the file has them. */
    static TableHead read(FileIO io, String metadata) {
        try (var file = open(io, metadata);
                var json = JSON.createParser(file)) {
            var location = "";
            var properties = new ArrayList<String>();
            var left = 2;
            json.nextToken();
            while (left > 0 && json.nextToken() == JsonToken.FIELD_NAME) {
                var name = json.currentName();
                json.nextToken();
                switch (name) {
                    case "location" -> {
                        location = json.getText();
                        left--;
                    }
                    case "properties" -> {
                        addNames(json, properties);
                        left--;
                    }
                    default -> json.skipChildren();
                }
            }
            return new TableHead(location, properties);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void addNames(JsonParser json, List<String> names) throws IOException {
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            names.add(json.currentName());
            json.nextToken();
        }
    }

    private static InputStream open(FileIO io, String metadata) throws IOException {
        var file = io.newInputFile(metadata).newStream();
        return TableMetadataParser.Codec.fromFileName(metadata) == TableMetadataParser.Codec.GZIP
                ? new GZIPInputStream(file)
                : file;
    }
}
