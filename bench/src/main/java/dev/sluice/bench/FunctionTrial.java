package dev.sluice.bench;

/** A Java function, and an expression of DuckDB that gives the same; both over the columns of {@link #rows}. */
enum FunctionTrial {
    BIGINT("BIGINT", "sum(x * 3 + 1)", "sum(bench_next(x))", """
            CREATE FUNCTION bench_next(x BIGINT) RETURNS BIGINT LANGUAGE JAVA DETERMINISTIC AS $$
            public final class Next {
                public static long of(long x) { return x * 3 + 1; }
            }
            $$"""),
    DOUBLES("DOUBLE, two of them", "sum(d * e + 1)", "sum(bench_product(d, e))", """
            CREATE FUNCTION bench_product(d DOUBLE, e DOUBLE) RETURNS DOUBLE LANGUAGE JAVA DETERMINISTIC AS $$
            public final class Product {
                public static double of(double d, double e) { return d * e + 1; }
            }
            $$"""),
    VARCHAR("VARCHAR of 15 characters", "sum(hash(upper(s)))", "sum(hash(bench_upper(s)))", """
            CREATE FUNCTION bench_upper(s VARCHAR) RETURNS VARCHAR LANGUAGE JAVA DETERMINISTIC AS $$
            public final class Upper {
                public static String of(String s) { return s.toUpperCase(java.util.Locale.ROOT); }
            }
            $$"""),
    AGGREGATE("an aggregate of BIGINT", "CAST(sum(x) AS BIGINT)", "bench_total(x)", """
            CREATE AGGREGATE FUNCTION bench_total(x BIGINT) RETURNS BIGINT LANGUAGE JAVA AS $$
            public final class Total {
                private long total;

                public void add(long x) { total += x; }

                public void merge(Total other) { total += other.total; }

                public long result() { return total; }
            }
            $$""");

    private final String title;
    private final String own;
    private final String java;
    private final String definition;

    FunctionTrial(String title, String own, String java, String definition) {
        this.title = title;
        this.own = own;
        this.java = java;
        this.definition = definition;
    }

    /** A query of the rows. The sums of doubles are of whole numbers, so that their order does not matter. */
    static String rows(long rows) {
        return "SELECT range AS x, CAST(range AS DOUBLE) AS d, CAST(range % 7 AS DOUBLE) AS e, "
                + "'client-' || lpad(CAST(range AS VARCHAR), 8, '0') AS s FROM range(" + rows + ")";
    }

    String title() {
        return title;
    }

    String definition() {
        return definition;
    }

    String own() {
        return "SELECT " + own + " FROM numbers";
    }

    String java() {
        return "SELECT " + java + " FROM numbers";
    }
}
