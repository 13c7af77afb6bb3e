package dev.sluice.planner;

import dev.sluice.core.Filter;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.calcite.config.CalciteConnectionConfig;
import org.apache.calcite.config.CalciteConnectionConfigImpl;
import org.apache.calcite.config.CalciteConnectionProperty;
import org.apache.calcite.config.NullCollation;
import org.apache.calcite.jdbc.CalciteSchema;
import org.apache.calcite.plan.RelOptCluster;
import org.apache.calcite.plan.hep.HepPlanner;
import org.apache.calcite.plan.hep.HepProgram;
import org.apache.calcite.prepare.CalciteCatalogReader;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.schema.impl.AbstractTable;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlOperatorTable;
import org.apache.calcite.sql.parser.SqlParseException;
import org.apache.calcite.sql.validate.SqlValidator;
import org.apache.calcite.sql.validate.SqlValidatorUtil;
import org.apache.calcite.sql2rel.SqlToRelConverter;
import org.apache.calcite.sql2rel.StandardConvertletTable;

/**
 * Calcite's reading of a query's meaning: names resolved, types known, conditions pushed down to the scans. Each scan
 * is a table of its own here, so that one table read twice gets two filters.
 */
final class Analysis {
    private static final CalciteConnectionConfig CONFIG = config();

    private static final SqlValidator.Config VALIDATION = SqlValidator.Config.DEFAULT
            .withConformance(CalciteReader.CONFORMANCE)
            .withIdentifierExpansion(true)
            .withColumnReferenceExpansion(true)
            .withCallRewrite(false)
            .withDefaultNullCollation(NullCollation.LAST);

    private static final SqlToRelConverter.Config CONVERSION = SqlToRelConverter.config()
            .withExpand(false)
            .withTrimUnusedFields(false)
            .withInSubQueryThreshold(Integer.MAX_VALUE)
            .withDecorrelationEnabled(false);

    private static final String SCAN = "$scan";

    private final CalciteTypes types = new CalciteTypes();
    private final SqlOperatorTable operators = new EngineOperators();

    private static CalciteConnectionConfig config() {
        var properties = new Properties();
        properties.setProperty(CalciteConnectionProperty.CASE_SENSITIVE.camelName(), "false");
        return new CalciteConnectionConfigImpl(properties);
    }

    /** The name that a query's text has for its {@code index}th scan. */
    static String scanName(int index) {
        return SCAN + index;
    }

    /** Filters by the index of the scan; fails in any way where Calcite cannot follow. */
    Map<Integer, Filter> filters(String sql, List<Scan> scans) {
        var rel = rel(sql, scans);
        return new ScanFilters(scans, rel.getCluster().getRexBuilder()).collect(rel);
    }

    /** The index of the scan of that name. */
    static int scanIndex(String name) {
        return Integer.parseInt(name, SCAN.length(), name.length(), 10);
    }

    private RelNode rel(String sql, List<Scan> scans) {
        var reader = new CalciteCatalogReader(schema(scans), List.of(), types.factory(), CONFIG);
        var validator = SqlValidatorUtil.newValidator(operators, reader, types.factory(), VALIDATION);
        var valid = validator.validate(parse(sql));
        var cluster = RelOptCluster.create(planner(), new RexBuilder(types.factory()));
        return new SqlToRelConverter(
                        (_, _, _, _) -> {
                            throw new IllegalStateException("There are no views");
                        },
                        validator,
                        reader,
                        cluster,
                        StandardConvertletTable.INSTANCE,
                        CONVERSION)
                .convertQuery(valid, false, true)
                .project();
    }

    private static HepPlanner planner() {
        var planner = new HepPlanner(HepProgram.builder().build());
        // Without an executor of one's own, Calcite folds constants by compiling Java code, for each query.
        planner.setExecutor((_, expressions, reduced) -> reduced.addAll(expressions));
        return planner;
    }

    private static SqlNode parse(String sql) {
        try {
            return CalciteReader.parse(ReservedNames.quote(Tokenizer.read(Draft.of(sql))));
        } catch (SqlParseException e) {
            throw new IllegalArgumentException("The query was not read by Calcite", e);
        }
    }

    private CalciteSchema schema(List<Scan> scans) {
        var schema = CalciteSchema.createRootSchema(false, false);
        for (var i = 0; i < scans.size(); i++) {
            var row = types.row(ScanFilters.columns(scans.get(i)));
            schema.add(scanName(i), new AbstractTable() {
                @Override
                public RelDataType getRowType(RelDataTypeFactory factory) {
                    return row;
                }
            });
        }
        return schema;
    }
}
