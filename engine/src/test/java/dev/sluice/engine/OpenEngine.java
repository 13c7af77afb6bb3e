package dev.sluice.engine;

import com.google.errorprone.annotations.MustBeClosed;
import dev.sluice.core.DataFile;
import dev.sluice.core.FieldIds;
import dev.sluice.core.FunctionLimits;
import dev.sluice.core.PartitionField;
import dev.sluice.core.RemoteFiles;
import dev.sluice.core.Scope;
import dev.sluice.core.TableFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.Schema;
import org.jspecify.annotations.Nullable;

/** An engine over a folder, and short ways to ask it. */
final class OpenEngine implements AutoCloseable {
    private final Path root;
    private final Engine engine;
    private final Scope bound = Scope.open();

    @MustBeClosed
    OpenEngine(Path root) {
        this(root, 4, Duration.ofSeconds(10));
    }

    @MustBeClosed
    @SuppressWarnings("MustBeClosedChecker") // close() closes it
    OpenEngine(Path root, int runningStatements, Duration admissionWait) {
        this.root = root;
        this.engine = Engine.open(
                new EngineConfig(
                        warehouse(),
                        root.resolve("temp"),
                        512L << 20,
                        1L << 30,
                        2,
                        runningStatements,
                        admissionWait,
                        2048,
                        new WorkerConfig(FunctionLimits.Tier.SHARED, root.resolve("workers"), 2, 0, 64 << 20)),
                RemoteFiles.NONE);
    }

    Engine engine() {
        return engine;
    }

    Path warehouse() {
        return root.resolve("warehouse");
    }

    /** All rows, each value as text; null stays null. */
    List<List<@Nullable String>> rows(String sql, @Nullable Object... parameters) {
        var rows = new ArrayList<List<@Nullable String>>();
        try (var execution = start(sql, parameters)) {
            while (execution.next()) {
                for (var row = 0; row < execution.root().getRowCount(); row++) {
                    var values = new ArrayList<@Nullable String>();
                    for (var vector : execution.root().getFieldVectors()) {
                        var value = vector.getObject(row);
                        values.add(
                                value instanceof byte[] bytes ? hex(bytes) : value == null ? null : value.toString());
                    }
                    rows.add(values);
                }
            }
        }
        return rows;
    }

    private static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }

    @MustBeClosed
    Execution start(String sql, @Nullable Object... parameters) {
        return engine.start(query(sql, parameters), new Cancellation());
    }

    static EngineQuery query(String sql, @Nullable Object... parameters) {
        return new EngineQuery(sql, Arrays.asList(parameters));
    }

    /** The columns of a query as those of a table, with field ids at every depth. */
    Schema table(String sql) {
        return withIds(engine.describe(sql).result());
    }

    static Schema withIds(Schema schema) {
        var next = new int[] {1};
        return new Schema(schema.getFields().stream().map(f -> withIds(f, next)).toList());
    }

    private static Field withIds(Field field, int[] next) {
        var id = next[0]++;
        var children =
                field.getChildren().stream().map(child -> withIds(child, next)).toList();
        return FieldIds.with(field, id, children);
    }

    WriteTarget target(Schema schema, PartitionField... partitioning) {
        return new WriteTarget(schema, List.of(partitioning), warehouse().resolve("t/data"));
    }

    List<DataFile> write(String sql, WriteTarget target) {
        return engine.write(query(sql), target, new Cancellation());
    }

    /** A FROM item of the files. */
    String from(Schema schema, List<DataFile> files) {
        return from(source(schema, files.stream().map(DataFile::path).toList()));
    }

    /** A FROM item of the table, which lives as long as the engine. */
    @SuppressWarnings("MustBeClosedChecker") // close() closes it
    String from(Source source) {
        return bound.own(engine.bind(source, new Cancellation())).sql();
    }

    /** Files without deletes. */
    static Source source(Schema schema, List<Path> files) {
        return new Source(
                schema, files.stream().map(path -> TableFile.of(path, 0, 0)).toList(), Optional.empty());
    }

    /** All files below the warehouse. */
    List<Path> files() {
        try (var paths = Files.walk(warehouse())) {
            return paths.filter(Files::isRegularFile).sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        bound.close();
        engine.close();
    }
}
