package dev.sluice.engine;

import dev.sluice.core.Scope;
import dev.sluice.udf.runtime.TableRows;
import dev.sluice.udf.runtime.TableRun;
import java.lang.foreign.Arena;
import java.util.Arrays;
import java.util.function.LongFunction;

/**
 * What DuckDB calls for functions in FROM: a call's arguments are kept from its planning on, its rows while they are
 * read. Thread-safe.
 */
final class TableCalls implements DuckDbTables.Callbacks {
    private final LongFunction<FunctionSlot> slots;
    private final LongFunction<InputTable> inputs;
    private final DuckDbTables.Stubs stubs;
    private final Numbered<Arguments> bound = new Numbered<>();
    private final Numbered<Call> calls = new Numbered<>();

    /**
     * @param inputs gives the table under a number, open
     * @param arena is open as long as DuckDB may call
     */
    TableCalls(LongFunction<FunctionSlot> slots, LongFunction<InputTable> inputs, Arena arena) {
        this.slots = slots;
        this.inputs = inputs;
        this.stubs = DuckDbTables.stubs(this, arena);
    }

    /** Makes a slot known to all of the connection's database. */
    void register(NativeConnection connection, FunctionSlot slot) {
        DuckDbTables.register(
                connection, slot.sqlName(), slot.shape().signature().parameters(), stubs, slot.number());
    }

    /**
     * Rows under way; the first are few, so that who wants few does not wait for many. Used by one thread at a time.
     */
    private static final class Call {
        private static final long FIRST = 16;
        private static final long GROWTH = 4;
        private static final long CHUNK = 2048;

        private final TableRows rows;
        private final int[] places;
        private final Scope tables;
        private long most = FIRST;
        private boolean ended;

        /** Takes over the scope of the tables that the function was given. */
        Call(TableRows rows, int[] places, Scope tables) {
            this.rows = rows;
            this.places = places;
            this.tables = tables;
        }

        void next(long chunk) throws Throwable {
            var count = ended ? 0 : rows.next(chunk, places, most);
            ended = count < most;
            most = Math.min(GROWTH * most, CHUNK);
            DuckDbApi.setSize(chunk, count);
        }

        void end() {
            try (tables) {
                rows.close();
            } catch (Throwable t) {
                // the rows are no longer wanted, and neither is what their end has to say
            }
        }
    }

    @Override
    public void bind(long info) {
        FunctionErrors.guard(
                () -> slots.apply(DuckDbTables.extraInfoOfBind(info)),
                slot -> {
                    var source = slot.source();
                    source.results().forEach(column -> DuckDbTables.addColumn(info, column));
                    var arguments = Arguments.of(source.parameters(), i -> DuckDbTables.parameter(info, i));
                    DuckDbTables.setBindData(info, bound.add(arguments), stubs);
                },
                message -> DuckDbTables.failBind(info, message));
    }

    @Override
    public void init(long info) {
        FunctionErrors.guard(
                () -> slots.apply(DuckDbTables.extraInfoOfInit(info)),
                slot -> {
                    var run = (TableRun) slot.lease().run();
                    var places = places(slot, DuckDbTables.columns(info));
                    var arguments = bound.get(DuckDbTables.boundData(info)).chunk();
                    DuckDbTables.setCallData(info, calls.add(open(run, arguments, places)), stubs);
                },
                message -> DuckDbTables.failInit(info, message));
    }

    @SuppressWarnings("MustBeClosedChecker") // the call closes its tables
    private Call open(TableRun run, long arguments, int[] places) throws Throwable {
        var tables = Scope.open();
        try {
            return new Call(run.open(arguments, number -> tables.own(inputs.apply(number))), places, tables);
        } catch (Throwable t) {
            tables.close();
            throw t;
        }
    }

    /** For each column of the function the vector that takes it, or -1; other columns count rows, and hold nothing. */
    private static int[] places(FunctionSlot slot, long[] columns) {
        var places = new int[slot.source().results().size()];
        Arrays.fill(places, -1);
        for (var i = 0; i < columns.length; i++) {
            if (columns[i] >= 0 && columns[i] < places.length) {
                places[(int) columns[i]] = i;
            }
        }
        return places;
    }

    @Override
    public void next(long info, long chunk) {
        FunctionErrors.guard(
                () -> slots.apply(DuckDbTables.extraInfo(info)),
                _ -> calls.get(DuckDbTables.callData(info)).next(chunk),
                message -> DuckDbTables.fail(info, message));
    }

    @Override
    public void forgetBound(long data) {
        bound.remove(data).ifPresent(Arguments::close);
    }

    @Override
    public void forgetCall(long data) {
        calls.remove(data).ifPresent(Call::end);
    }
}
