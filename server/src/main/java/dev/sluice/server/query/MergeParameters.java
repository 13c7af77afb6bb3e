package dev.sluice.server.query;

import dev.sluice.planner.Statement;
import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.Schema;
import org.jspecify.annotations.Nullable;

/** The parameters of a MERGE, whose query has them in another order than the statement. */
final class MergeParameters {
    private MergeParameters() {}

    /** The statement's values as its query wants them. */
    static List<@Nullable Object> forMatches(Statement.Merge merge, List<@Nullable Object> values) {
        var ordered = new ArrayList<@Nullable Object>();
        merge.parameters().forEach(index -> ordered.add(values.get(index)));
        return ordered;
    }

    /** The query's parameters as the statement has them. */
    static Schema forClients(Statement.Merge merge, Schema matches) {
        var fields = new ArrayList<Field>(matches.getFields());
        for (var i = 0; i < merge.parameters().size(); i++) {
            var index = merge.parameters().get(i);
            var type = matches.getFields().get(i).getFieldType();
            fields.set(index, new Field(matches.getFields().get(index).getName(), type, List.of()));
        }
        return new Schema(fields);
    }
}
