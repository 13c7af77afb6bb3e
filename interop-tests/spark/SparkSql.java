import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HexFormat;
import java.util.TreeMap;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * Runs SQL in Spark for another process, as a source file that the JDK of Spark compiles. Each line of the input is a
 * statement in Base64; the answer is a line {@code #row} for each row, then {@code #ok} or {@code #error}. The
 * arguments are settings of the session, {@code key=value}.
 */
public final class SparkSql {
    private final PrintStream out;

    private SparkSql(PrintStream out) {
        this.out = out;
    }

    public static void main(String[] settings) throws IOException {
        var out = System.out;
        System.setOut(System.err);
        var builder = SparkSession.builder().appName("sluice-interop").master("local[2]");
        for (var setting : settings) {
            var parts = setting.split("=", 2);
            builder.config(parts[0], parts[1]);
        }
        var spark = builder.getOrCreate();
        var sql = new SparkSql(out);
        out.println("#ok");
        try (var lines = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.US_ASCII))) {
            for (var line = lines.readLine(); line != null; line = lines.readLine()) {
                sql.run(spark, new String(Base64.getDecoder().decode(line), StandardCharsets.UTF_8));
            }
        }
        spark.stop();
    }

    private void run(SparkSession spark, String statement) {
        try {
            for (var row : spark.sql(statement).collectAsList()) {
                answer("#row", row(row));
            }
            out.println("#ok");
        } catch (Exception e) {
            answer("#error", String.valueOf(e.getMessage()));
        }
    }

    private void answer(String kind, String text) {
        out.println(kind + " " + Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8)));
    }

    private static String row(Row row) {
        var text = new StringBuilder();
        for (var i = 0; i < row.length(); i++) {
            text.append(i == 0 ? "" : "|").append(text(row.get(i)));
        }
        return text.toString();
    }

    private static String text(Object value) {
        if (value instanceof byte[] bytes) {
            return HexFormat.of().formatHex(bytes);
        } else if (value instanceof BigDecimal number) {
            return number.toPlainString();
        } else if (value instanceof Row struct) {
            return "{" + row(struct) + "}";
        } else if (value instanceof scala.collection.Map<?, ?> map) {
            return map(map);
        } else if (value instanceof scala.collection.Iterable<?> list) {
            return list(list.iterator());
        }
        return String.valueOf(value);
    }

    private static String list(scala.collection.Iterator<?> elements) {
        var text = new StringBuilder("[");
        while (elements.hasNext()) {
            text.append(text.length() == 1 ? "" : ", ").append(text(elements.next()));
        }
        return text.append("]").toString();
    }

    private static String map(scala.collection.Map<?, ?> map) {
        var sorted = new TreeMap<String, String>();
        var entries = map.iterator();
        while (entries.hasNext()) {
            var entry = (scala.Tuple2<?, ?>) entries.next();
            sorted.put(text(entry._1()), text(entry._2()));
        }
        return sorted.toString();
    }
}
