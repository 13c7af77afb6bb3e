package dev.sluice.udf.runtime;

import dev.sluice.core.Code;
import dev.sluice.core.Failure;
import dev.sluice.udf.runtime.ShapeFinder.Direction;
import dev.sluice.udf.runtime.ShapeFinder.Misfit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.arrow.vector.types.pojo.Field;

/** What SQL says of a function: the contract that its Java method has to keep. */
record Declaration(UdfSource source, RecordTypes records) {
    /**
     * A method that is called for each row.
     *
     * @throws Misfit if it cannot be called as declared
     */
    ScalarMethod scalar(UserMethod method) throws Misfit {
        return new ScalarMethod(method, parameters(method), result(method));
    }

    /**
     * What the arguments of {@code method} are made of.
     *
     * @throws Misfit if it cannot be called as declared
     */
    List<ValueShape> parameters(UserMethod method) throws Misfit {
        var declared = source.parameters();
        if (method.parameters().size() != declared.size()) {
            throw new Misfit("Function '" + source.name() + "' declares " + count(declared.size()) + ", but method "
                    + method.describe() + " takes " + method.parameters().size());
        }
        var shapes = new ArrayList<ValueShape>();
        for (var i = 0; i < declared.size(); i++) {
            shapes.add(parameter(declared.get(i), method.parameters().get(i), method));
        }
        return shapes;
    }

    private ValueShape parameter(Field declared, JavaType type, UserMethod method) throws Misfit {
        var what = "Parameter '" + declared.getName() + "' of function '" + source.name() + "' is ";
        var shape = find(Direction.IN, declared, type, what, method);
        if (source.calledOnNull() && type.erased().isPrimitive()) {
            throw new Misfit("Function '" + source.name() + "' is called on null input, but parameter '"
                    + declared.getName() + "' of method " + method.describe() + " is " + type.shown()
                    + ", which cannot be null: use "
                    + SqlType.of(declared).map(SqlType::javaNames).orElse("an object"));
        }
        return shape;
    }

    /** What keeps {@code method} from being called with the declared arguments. */
    Optional<String> misfitOfParameters(UserMethod method) {
        try {
            parameters(method);
            return Optional.empty();
        } catch (Misfit misfit) {
            return Optional.of(misfit.getMessage());
        }
    }

    /**
     * What the result of {@code method} becomes.
     *
     * @throws Misfit if it cannot be the declared one
     */
    ValueShape result(UserMethod method) throws Misfit {
        var what = "Function '" + source.name() + "' returns ";
        return find(Direction.OUT, source.result(), method.result(), what, method);
    }

    /**
     * What a value of {@code type} becomes in a column of the table.
     *
     * @throws Misfit if it cannot be of the column's type
     */
    ValueShape column(Field column, JavaType type) throws Misfit {
        try {
            return new ShapeFinder(records, Direction.OUT).find(column, type);
        } catch (Misfit misfit) {
            throw new Misfit("Column '" + column.getName() + "' of table function '" + source.name() + "' is "
                    + SqlType.shown(column) + misfit.getMessage());
        }
    }

    private ValueShape find(Direction direction, Field field, JavaType type, String what, UserMethod method)
            throws Misfit {
        try {
            return new ShapeFinder(records, direction).find(field, type);
        } catch (Misfit misfit) {
            throw new Misfit(
                    what + SqlType.shown(field) + misfit.getMessage() + " (in method " + method.describe() + ")");
        }
    }

    private static String count(int parameters) {
        return parameters == 1 ? "1 parameter" : parameters + " parameters";
    }

    static Failure invalid(String message, Optional<Failure.Position> position) {
        return new Failure.Invalid(Code.INVALID_FUNCTION, message, position);
    }
}
