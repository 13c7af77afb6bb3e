package dev.sluice.planner;

import dev.sluice.core.SortKey;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.apache.arrow.vector.types.pojo.Field;

/** Reads in which order a table's rows are written: as Spark does, nulls come first unless the order descends. */
final class SortReader {
    private final Tokens tokens;
    private final PartitionReader terms;

    /** @param columns among which the columns must be; none where only the catalog knows them */
    SortReader(Tokens tokens, List<Field> columns) {
        this.tokens = tokens;
        this.terms = new PartitionReader(tokens, columns);
    }

    /**
     * Keys with commas between, in brackets or without.
     *
     * @param ended whether the next comma is not of the keys, where there are no brackets
     */
    List<SortKey> keys(BooleanSupplier ended) {
        var bracket = tokens.acceptSymbol('(');
        var keys = new ArrayList<SortKey>();
        do {
            keys.add(key());
        } while ((bracket || !ended.getAsBoolean()) && tokens.acceptSymbol(','));
        if (bracket) {
            tokens.expectSymbol(')');
        }
        return List.copyOf(keys);
    }

    private SortKey key() {
        var term = terms.field();
        var direction = !tokens.accept("ASC") && tokens.accept("DESC") ? SortKey.Direction.DESC : SortKey.Direction.ASC;
        if (tokens.accept("NULLS", "FIRST")) {
            return new SortKey(term, direction, SortKey.Nulls.FIRST);
        }
        if (tokens.accept("NULLS", "LAST")) {
            return new SortKey(term, direction, SortKey.Nulls.LAST);
        }
        return new SortKey(
                term,
                direction,
                switch (direction) {
                    case ASC -> SortKey.Nulls.FIRST;
                    case DESC -> SortKey.Nulls.LAST;
                });
    }
}
