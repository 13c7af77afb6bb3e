package dev.sluice.udf.runtime;

import static java.lang.constant.ConstantDescs.CD_long;
import static java.lang.constant.ConstantDescs.CD_void;

import java.lang.classfile.ClassBuilder;
import java.lang.classfile.ClassFile;
import java.lang.constant.ClassDesc;
import java.lang.constant.MethodTypeDesc;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodHandles.Lookup;
import java.lang.reflect.AccessFlag;
import java.util.List;
import java.util.function.Consumer;

/**
 * Writes the loops that call a function, as a hidden class beside the user's own, so that a call is a plain static call
 * which the JIT compiler inlines.
 *
 * <p>For {@code BIGINT f(BIGINT a, INTEGER b)} over {@code static Long f(long a, Integer b)} the class stands for this
 * Java, where names in capitals are the {@link VectorAccess}:
 *
 * <pre>{@code
 * static void loop(long chunk, long result) {
 *     long rows = SIZE(chunk);
 *     long out = DATA(result);
 *     long nulls = 0;                                    // the result's mask, once there is a null
 *     long vectorA = COLUMN(chunk, 0), dataA = DATA(vectorA), maskA = VALIDITY(vectorA);
 *     long vectorB = COLUMN(chunk, 1), dataB = DATA(vectorB), maskB = VALIDITY(vectorB);
 *
 *     if ((maskA | maskB) == 0) {                        // no nulls come in: no mask is read
 *         for (long row = 0; row < rows; row++) {
 *             Long value = f(READ_A(dataA, row), Integer.valueOf(READ_B(dataB, row)));
 *             if (value != null) {
 *                 WRITE(result, out, row, value.longValue());
 *             } else {
 *                 if (nulls == 0) nulls = WRITABLE_VALIDITY(result);
 *                 SET_NULL(nulls, row);
 *             }
 *         }
 *     } else {
 *         for (long row = 0; row < rows; row++) {
 *             if (maskA == 0 || IS_VALID(maskA, row)) {  // a cannot be null, so that null gives null
 *                 Long value = f(
 *                         READ_A(dataA, row),
 *                         maskB == 0 || IS_VALID(maskB, row) ? Integer.valueOf(READ_B(dataB, row)) : null);
 *                 … as above …
 *             } else {
 *                 … null, as above …
 *             }
 *         }
 *     }
 * }
 * }</pre>
 *
 * A parameter takes null if its type is a box ({@code Integer}), or any if the function is called on null input. A
 * result of a primitive type needs no test for null. An {@code int} becomes a {@code long} on its way in or out where
 * the declaration is wider than the method, and so on.
 *
 * <p>For an aggregate over {@code class F { void add(long x); void merge(F other); Long result(); }} it stands for
 * this:
 *
 * <pre>{@code
 * static void add(long chunk, long states, Object groups) {
 *     … for each row that has no null, as above …
 *         add(group(states, row, groups), READ_X(dataX, row));
 * }
 *
 * static void merge(long sources, long targets, long count, Object groups) {
 *     for (long row = 0; row < count; row++) {
 *         long number = STATE(sources, row);
 *         if (number != 0) {
 *             F source = (F) FIND_GROUP(groups, number);
 *             group(targets, row, groups).merge(source);
 *         }
 *     }
 * }
 *
 * static void finish(long states, long result, long from, long to, Object groups) {
 *     for (long row = from; row < to; row++) {
 *         long number = STATE(states, row);
 *         F group = number != 0 ? (F) FIND_GROUP(groups, number) : new F();
 *         Long value = group.result();
 *         … as above …
 *     }
 * }
 *
 * static F group(long states, long row, Object groups) {             // written out where it is called
 *     long number = STATE(states, row);
 *     if (number != 0) return (F) FIND_GROUP(groups, number);
 *     F group = new F();
 *     SET_STATE(states, row, ADD_GROUP(groups, group));
 *     return group;
 * }
 * }</pre>
 *
 * <p>For a table function over {@code static Stream<Row> f(long x, Table t)} and {@code record Row(long a, String b)}
 * it stands for this:
 *
 * <pre>{@code
 * static Object open(long chunk, LongFunction tables) {
 *     … null if row 0 has a null, as above …
 *     return call(READ_X(dataX, 0), READ_T(dataT, 0), tables);
 * }
 *
 * static Object call(long x, long t, LongFunction tables) {
 *     return f(x, (Table) tables.apply(t));
 * }
 *
 * static long fill(Iterator rows, long chunk, int[] places, long most) {
 *     long vectorA = places[0] < 0 ? 0 : COLUMN(chunk, places[0]), outA = …;
 *     long vectorB = places[1] < 0 ? 0 : COLUMN(chunk, places[1]), outB = …;
 *     long row = 0;
 *     for (; row < most && rows.hasNext(); row++) {
 *         Row value = (Row) rows.next();
 *         if (vectorA != 0) WRITE_A(vectorA, outA, row, value.a());
 *         if (vectorB != 0) … value.b(), which may be null, as above …
 *     }
 *     return row;
 * }
 * }</pre>
 *
 * <p>A column whose values have parts is an object to the loop: {@code Object columnA = OPEN_A(vectorA)} before it, and
 * {@code (List) READ(columnA, row)} in it.
 *
 * <p>The handles are class data, read by dynamic constants: constants to the JIT compiler, which inlines them like
 * static calls, while neither the generated class nor its loader needs to see the engine they come from.
 */
final class KernelCompiler {
    private static final MethodTypeDesc LOOP = MethodTypeDesc.of(CD_void, CD_long, CD_long);

    private KernelCompiler() {}

    static Kernel.Scalar scalar(UdfFunction function, ScalarMethod scalar, VectorAccess access) {
        var calledOnNull = function.source().calledOnNull();
        var beside = KernelHost.lookup(function.loader(), scalar);
        var classes = new UserClasses(function.loader(), beside);
        var handles = KernelHandles.of(access, scalar.parameters(), List.of(scalar.result()), classes);
        var kernel = define(
                beside,
                scalar,
                handles,
                type -> type.withMethodBody(
                        "loop",
                        LOOP,
                        ClassFile.ACC_STATIC,
                        code -> new KernelCode(code, scalar.method(), calledOnNull, handles).write()));
        return new Kernel.Scalar(find(kernel, "loop", LOOP));
    }

    static Kernel.Aggregate aggregate(UdfFunction function, AggregateClass aggregate, VectorAccess access) {
        var calledOnNull = function.source().calledOnNull();
        var beside = KernelHost.lookup(function.loader(), aggregate);
        var classes = new UserClasses(function.loader(), beside);
        var handles = KernelHandles.of(access, aggregate.parameters(), List.of(aggregate.resultShape()), classes);
        var kernel = define(
                beside,
                aggregate,
                handles,
                type -> type.withMethodBody(
                                "add",
                                AggregateCode.ADD,
                                ClassFile.ACC_STATIC,
                                code -> new AggregateCode(code, aggregate, handles, AggregateCode.ADD)
                                        .add(calledOnNull))
                        .withMethodBody(
                                "merge",
                                AggregateCode.MERGE,
                                ClassFile.ACC_STATIC,
                                code -> new AggregateCode(code, aggregate, handles, AggregateCode.MERGE).merge())
                        .withMethodBody(
                                "finish",
                                AggregateCode.FINISH,
                                ClassFile.ACC_STATIC,
                                code -> new AggregateCode(code, aggregate, handles, AggregateCode.FINISH).finish()));
        return new Kernel.Aggregate(
                find(kernel, "add", AggregateCode.ADD),
                find(kernel, "merge", AggregateCode.MERGE),
                find(kernel, "finish", AggregateCode.FINISH));
    }

    static Kernel.Table table(UdfFunction function, TableMethod table, VectorAccess access) {
        var calledOnNull = function.source().calledOnNull();
        var beside = KernelHost.lookup(function.loader(), table);
        var classes = new UserClasses(function.loader(), beside);
        var results = table.columns().stream().map(TableMethod.Column::shape).toList();
        var handles = KernelHandles.of(access, table.parameters(), results, classes);
        var kernel = define(
                beside,
                table,
                handles,
                type -> type.withMethodBody(
                                "open",
                                TableCode.OPEN,
                                ClassFile.ACC_STATIC,
                                code -> new TableCode(code, name(table), table, handles).open(calledOnNull))
                        .withMethodBody(
                                TableCode.CALL_NAME,
                                TableCode.callType(table),
                                ClassFile.ACC_STATIC,
                                code -> new TableCode(code, name(table), table, handles).callMethod())
                        .withMethodBody(
                                "fill",
                                TableCode.FILL,
                                ClassFile.ACC_STATIC,
                                code -> new TableCode(code, name(table), table, handles).fill()));
        return new Kernel.Table(find(kernel, "open", TableCode.OPEN), find(kernel, "fill", TableCode.FILL));
    }

    private static Lookup define(
            Lookup beside, Handler handler, KernelHandles handles, Consumer<ClassBuilder> methods) {
        var bytes = ClassFile.of().build(name(handler), type -> {
            type.withFlags(AccessFlag.FINAL, AccessFlag.SYNTHETIC);
            methods.accept(type);
        });
        try {
            return beside.defineHiddenClassWithClassData(bytes, handles.all(), false);
        } catch (IllegalAccessException e) {
            throw new IllegalStateException("The kernel of " + handler.describe() + " could not be linked", e);
        }
    }

    private static ClassDesc name(Handler handler) {
        return ClassDesc.of(handler.owner().packageName(), "Kernel");
    }

    private static MethodHandle find(Lookup kernel, String name, MethodTypeDesc type) {
        try {
            return kernel.findStatic(kernel.lookupClass(), name, type.resolveConstantDesc(MethodHandles.lookup()));
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("The kernel's method is ours", e);
        }
    }
}
