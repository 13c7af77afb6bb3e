package dev.sluice.server.query;

import dev.sluice.catalog.Catalog;
import dev.sluice.core.QualifiedName;
import dev.sluice.server.session.Session;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.apache.arrow.vector.types.pojo.Schema;

/** Names and columns of what a session sees, for clients that browse. Thread-safe. */
public final class LakeMetadata {
    private final Plans plans;
    private final Catalog catalog;

    LakeMetadata(Plans plans, Catalog catalog) {
        this.plans = plans;
        this.catalog = catalog;
    }

    /** A table or a view, and its columns. */
    public record Table(QualifiedName name, Kind kind, Schema columns) {}

    /** What has columns. */
    public enum Kind {
        TABLE,
        VIEW
    }

    public List<String> schemas(Session session) {
        return catalog.schemas(plans.commit(session));
    }

    /** The tables, and then the views, whose names pass, each in order. */
    public List<Table> tables(Session session, Predicate<QualifiedName> named) {
        var commit = plans.commit(session);
        var tables = catalog.tables(commit).stream()
                .filter(named)
                .flatMap(name -> ReadableTables.find(catalog, name, commit).stream())
                .map(version -> new Table(version.name(), Kind.TABLE, version.schema()));
        var views = catalog.views(commit).stream()
                .filter(named)
                .flatMap(name -> catalog.findView(name, commit).stream())
                .map(view -> new Table(view.name(), Kind.VIEW, view.definition().columns()));
        return Stream.concat(tables, views).toList();
    }
}
