package dev.sluice.bench;

import java.io.IOException;
import java.sql.SQLException;
import java.util.Locale;

/** A table of Sluice, changed on a new branch each time. */
final class LakeTable implements Contender {
    private final ServedLake lake;
    private final Layout layout;

    /** How a table keeps its changed rows. */
    enum Layout {
        COPY_ON_WRITE("copy-on-write", 2),
        POSITION_DELETES("merge-on-read", 2),
        DELETION_VECTORS("merge-on-read", 3);

        private final String mode;
        private final int formatVersion;

        Layout(String mode, int formatVersion) {
            this.mode = mode;
            this.formatVersion = formatVersion;
        }

        private String table() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    private LakeTable(ServedLake lake, Layout layout) {
        this.lake = lake;
        this.layout = layout;
    }

    /** Makes the table; the lake has the table {@code changes}. */
    static LakeTable create(ServedLake lake, Layout layout, long rows) throws SQLException {
        lake.database()
                .run("CREATE TABLE " + layout.table() + " TBLPROPERTIES ('format-version' = '" + layout.formatVersion
                        + "', 'write.delete.mode' = '" + layout.mode + "', 'write.merge.mode' = '" + layout.mode
                        + "') AS " + RowChange.rows(rows));
        return new LakeTable(lake, layout);
    }

    @Override
    public String name() {
        return "Sluice, " + layout.mode + ", format " + layout.formatVersion;
    }

    @Override
    public Sample measure(RowChange change) throws SQLException, IOException {
        var database = lake.database();
        database.run("CREATE BRANCH trial FROM main");
        database.run("USE BRANCH trial");
        var before = lake.bytes();
        var time = Stopwatch.start();
        database.run(change.statement(layout.table()));
        var seconds = time.seconds();
        var bytes = lake.bytes() - before;
        var reading = Stopwatch.start();
        var answer = database.value(RowChange.answer(layout.table()));
        var readSeconds = reading.seconds();
        database.run("USE BRANCH main");
        database.run("DROP BRANCH trial");
        return new Sample(seconds, bytes, readSeconds, answer);
    }
}
