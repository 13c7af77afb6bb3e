package dev.sluice.server.query;

import dev.sluice.server.session.Session;
import org.apache.arrow.vector.types.pojo.Schema;

/**
 * A statement that was planned and described, and runs nothing. It can run any number of times: a run against a newer
 * commit plans again.
 */
public final class Prepared {
    private final Session session;
    private final Plan plan;
    private final Schema result;
    private final Schema parameters;

    Prepared(Session session, Plan plan, Schema result, Schema parameters) {
        this.session = session;
        this.plan = plan;
        this.result = result;
        this.parameters = parameters;
    }

    /** The same for another session that reads the same commit. */
    Prepared in(Session other) {
        return new Prepared(other, plan, result, parameters);
    }

    Session session() {
        return session;
    }

    Plan plan() {
        return plan;
    }

    /** The columns of its rows; none where it gives a count. */
    public Schema result() {
        return result;
    }

    /** A field for each parameter; text where its type cannot be told. */
    public Schema parameters() {
        return parameters;
    }

    /** Whether it gives a count and no rows. */
    public boolean isUpdate() {
        return result.getFields().isEmpty();
    }
}
