package dev.sluice.cli;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import org.apache.arrow.vector.dictionary.DictionaryProvider;
import org.apache.arrow.vector.ipc.ArrowStreamWriter;

/** Arrow's IPC stream, which all Arrow libraries read from files and from pipes. */
final class ArrowFormat implements ResultFormat {
    @Override
    public long write(Rows rows, OutputStream out) throws IOException {
        var count = 0L;
        var batches = rows.next();
        var writer = new ArrowStreamWriter(
                rows.batch(), new DictionaryProvider.MapDictionaryProvider(), Channels.newChannel(out));
        writer.start();
        while (batches) {
            writer.writeBatch();
            count += rows.batch().getRowCount();
            batches = rows.next();
        }
        writer.end();
        out.flush();
        return count;
    }
}
