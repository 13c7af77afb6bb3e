package dev.sluice.udf.runtime;

import static java.util.stream.Collectors.joining;

import dev.sluice.core.TableParameter;
import dev.sluice.udf.Table;
import dev.sluice.udf.runtime.ShapeFinder.Misfit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.arrow.vector.types.pojo.Field;

/** Finds the method that a table function calls, and where its rows have the columns, by reading class files. */
final class TableHandlers {
    private static final List<Class<?>> ROWS =
            List.of(Stream.class, Iterator.class, Iterable.class, Collection.class, List.class);

    private final Declaration declared;
    private final CompiledSource compiled;

    TableHandlers(Declaration declared, CompiledSource compiled) {
        this.declared = declared;
        this.compiled = compiled;
    }

    TableMethod find() {
        return Handlers.method(declared.source(), compiled, this::fit);
    }

    private TableMethod fit(UserMethod method) throws Misfit {
        requireTables(method);
        var parameters = declared.parameters(method.takingNumbers());
        var row = row(method)
                .orElseThrow(
                        () -> new Misfit("Table function '" + declared.source().name()
                                + "' gives rows, but method " + method.describe() + " returns "
                                + method.result().shown()
                                + ": return a Stream, Iterator or Iterable of records, such as Stream<Row>"));
        return new TableMethod(method, parameters, row.erased(), columns(row));
    }

    private void requireTables(UserMethod method) throws Misfit {
        var parameters = declared.source().parameters();
        for (var i = 0; i < Math.min(parameters.size(), method.parameters().size()); i++) {
            var isTable = TableParameter.is(parameters.get(i));
            var type = method.parameters().get(i);
            if (isTable != type.is(Table.class)) {
                throw new Misfit("Parameter '" + parameters.get(i).getName() + "' of table function '"
                        + declared.source().name() + "' is " + (isTable ? "a TABLE" : "no TABLE")
                        + ", which is dev.sluice.udf.Table in Java, but method " + method.describe() + " takes "
                        + type.shown());
            }
        }
    }

    /** What the rows of a method's result are, if they are rows. */
    private static Optional<JavaType> row(UserMethod method) {
        return ROWS.stream().anyMatch(method.result()::is) ? method.result().bound(0) : Optional.empty();
    }

    /** Where each of the declared columns is found. */
    private List<TableMethod.Column> columns(JavaType row) throws Misfit {
        var components = declared.records().find(row);
        var wanted = declared.source().results();
        if (components.isEmpty() && wanted.size() == 1) {
            return List.of(new TableMethod.Column(Optional.empty(), declared.column(wanted.getFirst(), row)));
        }
        var columns = new ArrayList<TableMethod.Column>();
        for (var column : wanted) {
            var component = components.orElse(List.of()).stream()
                    .filter(each -> each.name().equalsIgnoreCase(column.getName()))
                    .findFirst()
                    .orElseThrow(() -> misfit(row, components));
            columns.add(
                    new TableMethod.Column(Optional.of(component.name()), declared.column(column, component.type())));
        }
        return columns;
    }

    private Misfit misfit(JavaType row, Optional<List<RecordTypes.Component>> components) {
        var wanted = declared.source().results().stream().map(Field::getName).toList();
        var prefix = "Table function '" + declared.source().name() + "' gives the columns " + String.join(", ", wanted);
        if (components.isEmpty()) {
            return new Misfit(prefix + ", but " + row.shown() + " is no record of the body");
        }
        var names = components.get().stream().map(RecordTypes.Component::name).toList();
        var missing = wanted.stream()
                .filter(name -> names.stream().noneMatch(name::equalsIgnoreCase))
                .collect(joining(", "));
        return new Misfit(prefix + ", but record " + row.shown() + " has no component " + missing + "; it has "
                + String.join(", ", names));
    }
}
