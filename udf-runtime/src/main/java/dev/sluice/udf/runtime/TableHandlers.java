package dev.sluice.udf.runtime;

import static java.util.stream.Collectors.joining;

import dev.sluice.core.TableParameter;
import java.lang.classfile.Attributes;
import java.lang.classfile.ClassFile;
import java.lang.classfile.Signature;
import java.lang.classfile.attribute.RecordComponentInfo;
import java.lang.constant.ClassDesc;
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
        var method = Handlers.method(
                declared.source(),
                compiled,
                each -> misfitOfTables(each)
                        .or(() -> declared.misfitOfParameters(each.takingNumbers()))
                        .or(() -> misfitOfRows(each)));
        var row = row(method).orElseThrow();
        return new TableMethod(method, row, columns(row).orElseThrow());
    }

    private Optional<String> misfitOfTables(UserMethod method) {
        var parameters = declared.source().parameters();
        for (var i = 0; i < Math.min(parameters.size(), method.parameters().size()); i++) {
            var isTable = TableParameter.is(parameters.get(i));
            if (isTable != UserMethod.isTable(method.parameters().get(i))) {
                return Optional.of("Parameter '" + parameters.get(i).getName() + "' of table function '"
                        + declared.source().name() + "' is " + (isTable ? "a TABLE" : "no TABLE")
                        + ", which is dev.sluice.udf.Table in Java, but method " + method.describe() + " takes "
                        + method.parameters().get(i).displayName());
            }
        }
        return Optional.empty();
    }

    private Optional<String> misfitOfRows(UserMethod method) {
        var row = row(method);
        if (row.isEmpty()) {
            return Optional.of("Table function '" + declared.source().name() + "' gives rows, but method "
                    + method.describe() + " returns " + method.result().displayName()
                    + ": return a Stream, Iterator or Iterable of records, such as Stream<Row>");
        }
        return columns(row.get()).isPresent() ? misfitOfColumns(row.get()) : Optional.of(misfitOfRow(row.get()));
    }

    /** What the rows of a method's result are, if they are rows. */
    private static Optional<ClassDesc> row(UserMethod method) {
        var isRows = ROWS.stream()
                .anyMatch(type -> type.descriptorString().equals(method.result().descriptorString()));
        return method.generic()
                .filter(_ -> isRows)
                .flatMap(type ->
                        type.result() instanceof Signature.ClassTypeSig rows ? argument(rows) : Optional.empty());
    }

    private static Optional<ClassDesc> argument(Signature.ClassTypeSig rows) {
        return rows.typeArgs().stream()
                .filter(Signature.TypeArg.Bounded.class::isInstance)
                .map(argument -> ((Signature.TypeArg.Bounded) argument).boundType())
                .filter(Signature.ClassTypeSig.class::isInstance)
                .map(type -> ((Signature.ClassTypeSig) type).classDesc())
                .findFirst();
    }

    /** Where each of the declared columns is found; empty where one is not. */
    private Optional<List<TableMethod.Column>> columns(ClassDesc row) {
        var components = components(row);
        if (components.isEmpty()) {
            return declared.results().size() == 1
                            && declared.misfitOfColumn(0, row).isEmpty()
                    ? Optional.of(List.of(new TableMethod.Column(Optional.empty(), row)))
                    : Optional.empty();
        }
        var columns = new ArrayList<TableMethod.Column>();
        for (var column : declared.source().results()) {
            components.stream()
                    .filter(component -> component.name().stringValue().equalsIgnoreCase(column.getName()))
                    .findFirst()
                    .map(component -> new TableMethod.Column(
                            Optional.of(component.name().stringValue()), component.descriptorSymbol()))
                    .ifPresent(columns::add);
        }
        return columns.size() == declared.results().size() ? Optional.of(columns) : Optional.empty();
    }

    private String misfitOfRow(ClassDesc row) {
        var components = components(row).stream()
                .map(component -> component.name().stringValue())
                .toList();
        var wanted = declared.source().results().stream().map(Field::getName).toList();
        var missing = wanted.stream()
                .filter(name -> components.stream().noneMatch(name::equalsIgnoreCase))
                .collect(joining(", "));
        var prefix = "Table function '" + declared.source().name() + "' gives the columns " + String.join(", ", wanted);
        return components.isEmpty()
                ? prefix + ", but " + row.displayName() + " is no record of the body"
                : prefix + ", but record " + row.displayName() + " has no component " + missing + "; it has "
                        + String.join(", ", components);
    }

    private Optional<String> misfitOfColumns(ClassDesc row) {
        var columns = columns(row).orElseThrow();
        for (var i = 0; i < columns.size(); i++) {
            var misfit = declared.misfitOfColumn(i, columns.get(i).type());
            if (misfit.isPresent()) {
                return misfit;
            }
        }
        return Optional.empty();
    }

    private List<RecordComponentInfo> components(ClassDesc row) {
        var descriptor = row.descriptorString();
        var bytes = compiled.classes()
                .get(descriptor.substring(1, descriptor.length() - 1).replace('/', '.'));
        return bytes == null
                ? List.of()
                : ClassFile.of().parse(bytes).findAttribute(Attributes.record()).stream()
                        .flatMap(attribute -> attribute.components().stream())
                        .toList();
    }
}
