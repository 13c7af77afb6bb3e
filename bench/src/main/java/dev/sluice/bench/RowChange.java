package dev.sluice.bench;

/** What is done to the rows, in the words of a table and in those of a query that answers with the changed rows. */
enum RowChange {
    DELETE("DELETE of 1 % of the rows, scattered") {
        @Override
        String statement(String table) {
            return "DELETE FROM " + table + " WHERE " + SCATTERED;
        }

        @Override
        String query(String rows, String changes) {
            return "SELECT * FROM " + rows + " WHERE NOT (" + SCATTERED + ")";
        }
    },
    MERGE("MERGE of a tenth of the rows, half of them new") {
        @Override
        String statement(String table) {
            return "MERGE INTO " + table + " t USING changes s ON t.id = s.id"
                    + " WHEN MATCHED THEN UPDATE SET name = s.name, amount = s.amount"
                    + " WHEN NOT MATCHED THEN INSERT (id, name, amount) VALUES (s.id, s.name, s.amount)";
        }

        @Override
        String query(String rows, String changes) {
            return "SELECT coalesce(s.id, t.id) AS id, t.k AS k,"
                    + " CASE WHEN s.id IS NULL THEN t.name ELSE s.name END AS name,"
                    + " CASE WHEN s.id IS NULL THEN t.amount ELSE s.amount END AS amount"
                    + " FROM " + rows + " t FULL JOIN " + changes + " s ON t.id = s.id";
        }
    };

    private static final String SCATTERED = "hash(id) % 100 = 0";

    private final String title;

    RowChange(String title) {
        this.title = title;
    }

    String title() {
        return title;
    }

    /** The statement that changes the table; {@code changes} is a table beside it. */
    abstract String statement(String table);

    abstract String query(String rows, String changes);

    /** The rows to be changed. */
    static String rows(long count) {
        return "SELECT range AS id, range * 7919 % 1000003 AS k, 'name ' || range AS name,"
                + " range / 7.0::DOUBLE AS amount FROM range(" + count + ")";
    }

    /** What is merged into {@code count} rows: as many updates, over nine tenths of them, as new rows. */
    static String changes(long count) {
        return "SELECT CASE WHEN range % 2 = 0 THEN range * 9 ELSE " + count + " + range END AS id, 'changed' AS name,"
                + " 1.5::DOUBLE AS amount FROM range(" + count / 10 + ")";
    }

    /** A query whose one value differs when any row of {@code rows} does. */
    static String answer(String rows) {
        return "SELECT CAST(count(*) || ' rows, hash ' || sum(hash(id, k, name, amount)) AS VARCHAR) FROM " + rows;
    }
}
