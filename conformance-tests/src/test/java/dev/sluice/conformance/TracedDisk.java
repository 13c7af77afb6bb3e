package dev.sluice.conformance;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A folder as a disk would have it after the loss of power, from strace's log of what a process did to it. In memory
 * are all names and bytes; on the disk are a file's bytes as of its last fsync that had returned, and a folder's names
 * as of the last fsync of the folder: what POSIX promises, and less than most file systems do.
 */
final class TracedDisk {
    private static final Pattern CALL = Pattern.compile("(\\d+) +(\\d+\\.\\d+) (\\w+)\\((.*)");
    private static final Pattern RESUMED = Pattern.compile("(\\d+) +(\\d+\\.\\d+) <\\.\\.\\. (\\w+) resumed>(.*)");
    private static final Pattern TEXT = Pattern.compile("\"((?:\\\\x[0-9a-f]{2})*)\"");
    private static final Pattern DESCRIPTOR = Pattern.compile("^(\\d+)<((?:\\\\x[0-9a-f]{2})*)>");
    private static final Pattern RESULT = Pattern.compile("\\) += (-?\\d+)");

    private final Path root;
    private final Node top = new Node(true);
    private final Map<Integer, Handle> open = new HashMap<>();
    private final Map<String, String> begun = new HashMap<>();
    private final Map<String, Snapshot> syncing = new HashMap<>();
    private double time;

    TracedDisk(Path root) {
        this.root = root;
    }

    private static final class Node {
        private final boolean folder;
        private byte[] bytes = new byte[0];
        private byte[] synced = new byte[0];
        private Map<String, Node> names = new TreeMap<>();
        private Map<String, Node> syncedNames = new TreeMap<>();

        private Node(boolean folder) {
            this.folder = folder;
        }
    }

    private static final class Handle {
        private final Node node;
        private final boolean appends;
        private long position;

        private Handle(Node node, boolean appends) {
            this.node = node;
            this.appends = appends;
        }
    }

    /** What an fsync will have made durable when it returns; never compared. */
    @SuppressWarnings("ArrayRecordComponent")
    private record Snapshot(Node node, byte[] bytes, Map<String, Node> names) {
        static Snapshot of(Node node) {
            return new Snapshot(node, node.bytes, new TreeMap<>(node.names));
        }

        void apply() {
            node.synced = bytes;
            node.syncedNames = names;
        }
    }

    /** When the last line was written, in seconds since 1970. */
    double time() {
        return time;
    }

    /** Takes the next line of the log. */
    void read(String line) {
        var resumed = RESUMED.matcher(line);
        if (resumed.matches()) {
            time = Double.parseDouble(resumed.group(2));
            var begin = begun.remove(resumed.group(1));
            if (begin != null) {
                call(resumed.group(1), resumed.group(3), begin + resumed.group(4));
            }
            return;
        }
        var call = CALL.matcher(line);
        if (!call.matches()) {
            return;
        }
        time = Double.parseDouble(call.group(2));
        var arguments = call.group(4);
        var cut = arguments.lastIndexOf(" <unfinished ...>");
        if (cut < 0) {
            call(call.group(1), call.group(3), arguments);
            return;
        }
        begun.put(call.group(1), arguments.substring(0, cut));
        if (call.group(3).endsWith("sync")) {
            handle(arguments).ifPresent(handle -> syncing.put(call.group(1), Snapshot.of(handle.node)));
        }
    }

    private void call(String thread, String name, String arguments) {
        var result = RESULT.matcher(arguments);
        var value = -1L;
        while (result.find()) {
            value = Long.parseLong(result.group(1));
        }
        var snapshot = syncing.remove(thread);
        if (value < 0) {
            return;
        }
        switch (name) {
            case "openat", "open", "creat" -> open(arguments, (int) value);
            case "mkdir", "mkdirat" ->
                texts(arguments).stream().findFirst().ifPresent(path -> put(path, new Node(true)));
            case "rename", "renameat", "renameat2" -> move(texts(arguments));
            case "link", "linkat" ->
                find(texts(arguments).getFirst())
                        .ifPresent(node -> put(texts(arguments).getLast(), node));
            case "unlink", "unlinkat", "rmdir" -> remove(texts(arguments).getFirst());
            default -> onHandle(name, arguments, value, snapshot);
        }
    }

    private void onHandle(String name, String arguments, long value, @Nullable Snapshot snapshot) {
        var found = handle(arguments);
        if (found.isEmpty()) {
            return;
        }
        var handle = found.get();
        switch (name) {
            case "write", "writev" -> {
                var at = handle.appends ? handle.node.bytes.length : handle.position;
                write(handle.node, at, arguments, value);
                handle.position = at + value;
            }
            case "pwrite64", "pwritev", "pwritev2" -> write(handle.node, last(arguments), arguments, value);
            case "lseek" -> handle.position = value;
            case "ftruncate" -> handle.node.bytes = Arrays.copyOf(handle.node.bytes, (int) last(arguments));
            case "fsync", "fdatasync" -> (snapshot == null ? Snapshot.of(handle.node) : snapshot).apply();
            case "fallocate" -> {}
            default -> throw new AssertionError("The model knows no " + name + " on " + arguments);
        }
    }

    private static void write(Node node, long at, String arguments, long count) {
        var out = new ByteArrayOutputStream();
        var text = TEXT.matcher(arguments);
        while (text.find()) {
            out.writeBytes(bytes(text.group(1)));
        }
        if (out.size() < count || arguments.contains("\"...")) {
            throw new AssertionError("A write was logged in part: " + count + " bytes");
        }
        var grown = Arrays.copyOf(node.bytes, (int) Math.max(node.bytes.length, at + count));
        System.arraycopy(out.toByteArray(), 0, grown, (int) at, (int) count);
        node.bytes = grown;
    }

    /** The last argument, which is a number. */
    private static long last(String arguments) {
        var list = arguments.substring(0, arguments.lastIndexOf(") "));
        return Long.parseLong(list.substring(list.lastIndexOf(',') + 1).strip());
    }

    private void open(String arguments, int descriptor) {
        var path = texts(arguments).getFirst();
        open.remove(descriptor);
        if (!isHere(path)) {
            return;
        }
        if (arguments.contains("O_CREAT") && find(path).isEmpty()) {
            put(path, new Node(false));
        }
        find(path).ifPresent(node -> {
            if (arguments.contains("O_TRUNC")) {
                node.bytes = new byte[0];
            }
            open.put(descriptor, new Handle(node, arguments.contains("O_APPEND")));
        });
    }

    private Optional<Handle> handle(String arguments) {
        var descriptor = DESCRIPTOR.matcher(arguments);
        return descriptor.find() && isHere(text(descriptor.group(2)))
                ? Optional.ofNullable(open.get(Integer.parseInt(descriptor.group(1))))
                : Optional.empty();
    }

    private boolean isHere(String path) {
        return path.equals(root.toString()) || path.startsWith(root + "/");
    }

    private void move(List<String> paths) {
        find(paths.getFirst()).ifPresent(node -> {
            remove(paths.getFirst());
            put(paths.getLast(), node);
        });
    }

    private Optional<Node> find(String path) {
        if (!isHere(path)) {
            return Optional.empty();
        }
        var node = top;
        for (var name : root.relativize(Path.of(path).normalize())) {
            var next = name.toString().isEmpty() ? node : node.names.get(name.toString());
            if (next == null) {
                return Optional.empty();
            }
            node = next;
        }
        return Optional.of(node);
    }

    private Optional<Node> parent(String path) {
        return find(Path.of(path).normalize().resolveSibling(".").normalize().toString());
    }

    private void put(String path, Node node) {
        parent(path)
                .ifPresent(
                        folder -> folder.names.put(Path.of(path).getFileName().toString(), node));
    }

    private void remove(String path) {
        parent(path)
                .ifPresent(folder ->
                        folder.names.remove(Path.of(path).getFileName().toString()));
    }

    private static List<String> texts(String arguments) {
        return TEXT.matcher(arguments)
                .results()
                .map(found -> text(found.group(1)))
                .toList();
    }

    private static String text(String escaped) {
        return new String(bytes(escaped), StandardCharsets.UTF_8);
    }

    private static byte[] bytes(String escaped) {
        var bytes = new byte[escaped.length() / 4];
        for (var i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) Integer.parseInt(escaped, 4 * i + 2, 4 * i + 4, 16);
        }
        return bytes;
    }

    /** Writes what is left if the power fails now and nothing was written that did not have to be. */
    void writeWorst(Path folder) throws IOException {
        write(top, folder, new Random(0), 0);
    }

    /** The same, but of what was not synced, each file and each folder is written back or not, as it happens. */
    void writeMixed(Path folder, Random random) throws IOException {
        write(top, folder, random, 0.5);
    }

    private static void write(Node node, Path path, Random random, double luck) throws IOException {
        if (!node.folder) {
            Files.write(path, random.nextDouble() < luck ? node.bytes : node.synced);
            return;
        }
        Files.createDirectories(path);
        var names = random.nextDouble() < luck ? node.names : node.syncedNames;
        for (var entry : names.entrySet()) {
            write(entry.getValue(), path.resolve(entry.getKey()), random, luck);
        }
    }
}
