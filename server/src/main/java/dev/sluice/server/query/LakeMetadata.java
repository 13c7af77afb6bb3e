package dev.sluice.server.query;

import dev.sluice.catalog.Catalog;
import dev.sluice.core.QualifiedName;
import dev.sluice.server.session.Session;
import java.util.List;
import java.util.function.Predicate;
import org.apache.arrow.vector.types.pojo.Schema;

/** Names and columns of what a session sees, for clients that browse. Thread-safe. */
public final class LakeMetadata {
    private final Plans plans;
    private final Catalog catalog;

    LakeMetadata(Plans plans, Catalog catalog) {
        this.plans = plans;
        this.catalog = catalog;
    }

    /** A table and its columns. */
    public record Table(QualifiedName name, Schema columns) {}

    public List<String> schemas(Session session) {
        return catalog.schemas(plans.commit(session));
    }

    /** The tables whose names pass, in order. */
    public List<Table> tables(Session session, Predicate<QualifiedName> named) {
        var commit = plans.commit(session);
        return catalog.tables(commit).stream()
                .filter(named)
                .flatMap(name -> catalog.findTable(name, commit).stream())
                .map(version -> new Table(version.name(), version.schema()))
                .toList();
    }
}
