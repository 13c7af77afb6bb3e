package dev.sluice.server.query;

import dev.sluice.catalog.Change;
import dev.sluice.catalog.CommitNote;
import dev.sluice.catalog.ViewDefinition;
import dev.sluice.catalog.ViewVersion;
import dev.sluice.core.Code;
import dev.sluice.core.Failure;
import dev.sluice.core.FailureException;
import dev.sluice.core.QualifiedName;
import dev.sluice.planner.Statement;
import dev.sluice.planner.Statement.Existing;
import dev.sluice.planner.TableRef;
import dev.sluice.planner.ViewChange;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.FieldType;
import org.apache.arrow.vector.types.pojo.Schema;

/** Views: made, changed and dropped. Thread-safe. */
final class ViewDefinitions {
    private final QueryBinder binder;
    private final Commits commits;

    ViewDefinitions(QueryBinder binder, Commits commits) {
        this.binder = binder;
        this.commits = commits;
    }

    void change(Statement.ChangeView statement, Plan plan, CommitNote note) {
        var name = statement.view();
        var branch = Commits.branch(plan, name);
        change(statement, plan).ifPresent(change -> commits.commit(branch, change, note));
    }

    /** What the catalog must do; empty for nothing. */
    private Optional<Change> change(Statement.ChangeView statement, Plan plan) {
        var name = statement.view();
        return switch (statement.change()) {
            case ViewChange.Create create -> create(name, create, plan);
            case ViewChange.SetQuery(ViewChange.Query query, boolean ifExists) ->
                find(name, ifExists, plan)
                        .map(view -> new Change.PutView(
                                view.name(),
                                definition(query, List.of(), view.definition().properties(), name, plan)));
            case ViewChange.SetProperties properties ->
                find(name, properties.ifExists(), plan)
                        .map(view -> new Change.PutView(view.name(), with(view.definition(), properties)));
            case ViewChange.Rename(QualifiedName to, boolean ifExists) ->
                find(name, ifExists, plan).map(view -> new Change.Rename(view.name(), to));
            case ViewChange.Drop(boolean ifExists) ->
                find(name, ifExists, plan).map(view -> new Change.DropView(view.name()));
        };
    }

    private Optional<Change> create(TableRef name, ViewChange.Create create, Plan plan) {
        var present = plan.tables().view(name);
        if (present.isPresent() && create.existing() == Existing.KEEP) {
            return Optional.empty();
        }
        if (present.isPresent() && create.existing() == Existing.FAIL) {
            var message = "View " + present.get().name() + " exists already on "
                    + present.get().commit().ref() + ": CREATE OR REPLACE it, or drop it";
            throw new Failure.Exists(Code.VIEW_EXISTS, message).exception();
        }
        var definition = definition(create.query(), create.columns(), create.properties(), name, plan);
        return Optional.of(new Change.PutView(name.name(), definition));
    }

    private static ViewDefinition with(ViewDefinition view, ViewChange.SetProperties change) {
        var properties = new HashMap<>(view.properties());
        properties.putAll(change.set());
        properties.keySet().removeAll(change.unset());
        return view.with(properties);
    }

    private static Optional<ViewVersion> find(TableRef name, boolean ifExists, Plan plan) {
        var view = plan.tables().view(name);
        if (view.isEmpty() && plan.tables().version(name).isPresent()) {
            throw invalid(Code.INVALID_STATEMENT, "'" + name.name() + "' is a table and no view", name);
        }
        if (view.isEmpty() && !ifExists) {
            var message = "View " + name.name() + " does not exist on "
                    + plan.tables().commitOf(name).ref();
            throw new Failure.NotFound(Code.VIEW_NOT_FOUND, message, Optional.of(name.position())).exception();
        }
        return view;
    }

    private ViewDefinition definition(
            ViewChange.Query query,
            List<ViewChange.Column> named,
            Map<String, String> properties,
            TableRef view,
            Plan plan) {
        var fields = binder.describe(query.plan(), plan).stored().getFields();
        if (!named.isEmpty() && named.size() != fields.size()) {
            var message =
                    "View " + view.name() + " names " + named.size() + " columns, but its query has " + fields.size();
            throw invalid(Code.INVALID_STATEMENT, message, view);
        }
        var names = fields.stream().map(Field::getName).toList();
        var columns = new ArrayList<Field>();
        for (var i = 0; i < fields.size(); i++) {
            columns.add(named.isEmpty() ? fields.get(i) : column(fields.get(i), named.get(i)));
        }
        requireDistinct(columns, view);
        return new ViewDefinition(
                query.sql(),
                ViewDefinition.DIALECT,
                query.defaultSchema(),
                new Schema(columns),
                isDistinct(names) ? names : List.of(),
                properties);
    }

    private static Field column(Field field, ViewChange.Column named) {
        var metadata = new HashMap<>(field.getMetadata());
        named.comment().ifPresent(comment -> metadata.put("comment", comment));
        var type = new FieldType(field.isNullable(), field.getType(), field.getDictionary(), metadata);
        return new Field(named.name(), type, field.getChildren());
    }

    private static boolean isDistinct(List<String> names) {
        return names.stream()
                        .map(name -> name.toLowerCase(Locale.ROOT))
                        .distinct()
                        .count()
                == names.size();
    }

    private static void requireDistinct(List<Field> columns, TableRef view) {
        if (!isDistinct(columns.stream().map(Field::getName).toList())) {
            var message = "Two columns of view " + view.name() + " have one name: name them in the query, or after the"
                    + " view's name";
            throw invalid(Code.AMBIGUOUS_NAME, message, view);
        }
    }

    private static FailureException invalid(Code code, String message, TableRef view) {
        return new Failure.Invalid(code, message, Optional.of(view.position())).exception();
    }
}
