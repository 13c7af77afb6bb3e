package dev.sluice.planner;

import dev.sluice.core.Alteration;
import dev.sluice.core.Failure.Position;
import dev.sluice.core.Filter;
import dev.sluice.core.FunctionKind;
import dev.sluice.core.FunctionLimits;
import dev.sluice.core.Isolation;
import dev.sluice.core.OnError;
import dev.sluice.core.PartitionField;
import dev.sluice.core.QualifiedName;
import dev.sluice.core.Ref;
import dev.sluice.core.SortKey;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.Schema;

/** What a text asks for, checked as far as that goes without running it. */
public sealed interface Statement {
    /** Writes rows, and gives their count. */
    sealed interface Write extends Statement {}

    /** Makes, drops or chooses a thing of the catalog, and gives nothing. */
    sealed interface Definition extends Statement {}

    /** Begins or ends a transaction, and gives nothing. */
    sealed interface TransactionControl extends Statement {}

    /** Lists things of the catalog, as rows. */
    sealed interface Listed extends Statement {}

    /**
     * Rows to compute.
     *
     * @param functions the users' functions that it calls
     * @param parameters how many {@code ?} it has
     */
    record Query(SqlTemplate sql, List<Scan> scans, Set<QualifiedName> functions, int parameters) implements Statement {
        public Query {
            scans = List.copyOf(scans);
            functions = Set.copyOf(functions);
        }
    }

    /**
     * Rows to add to a table.
     *
     * @param columns the columns that the rows are for, in the table's case; all of the table's, in order, where the
     *     statement names none
     */
    record Insert(TableRef table, List<String> columns, Query rows) implements Write {}

    /**
     * Rows of a table to change.
     *
     * @param matches gives {@link Scan#FILE}, {@link Scan#ROW} and then the new value of each column, for each row to
     *     change; its first scan is the target's
     */
    record Update(TableRef table, List<String> columns, Query matches) implements Write {}

    /**
     * Rows of a table to remove.
     *
     * @param matches gives {@link Scan#FILE} and {@link Scan#ROW} of each row to delete; its first scan is the target's
     * @param kept what every row that stays satisfies; absent where nothing is known
     */
    record Delete(TableRef table, Query matches, Optional<Filter> kept) implements Write {}

    /**
     * Rows of a table that take the place of others.
     *
     * @param replaced the rows that go; absent where they are those of each partition that a new row is in, or all rows
     *     of a table without partitions
     */
    record Overwrite(Insert insert, Optional<Delete> replaced) implements Write {}

    /**
     * Rows of a table to change, to remove or to add, by how they meet the rows of a source.
     *
     * @param columns those that any clause sets, in the table's order
     * @param matches gives {@link Scan#FILE}, {@link Scan#ROW} and a struct for each row of the join: null where no
     *     clause takes the row, else an {@link Action}'s name and then the new value of each of {@code columns}; its
     *     first scan is the target's
     * @param parameters for each parameter of {@code matches}, which one of the statement's it is
     * @param repeatable whether a row may be taken twice, since nothing but its deletion can come of it
     * @param condition where ON stands
     */
    record Merge(
            TableRef table,
            List<String> columns,
            Query matches,
            List<Integer> parameters,
            boolean repeatable,
            Position condition)
            implements Write {
        /** What becomes of a row. */
        public enum Action {
            UPDATE,
            DELETE,
            INSERT
        }

        public Merge {
            columns = List.copyOf(columns);
            parameters = List.copyOf(parameters);
        }
    }

    /**
     * A new table, with or without its first rows.
     *
     * @param columns without field ids; empty where {@code rows} gives them
     * @param rows of CREATE TABLE AS
     */
    record CreateTable(
            TableRef table,
            Existing existing,
            Schema columns,
            List<PartitionField> partitioning,
            List<SortKey> order,
            Map<String, String> properties,
            Optional<Query> rows)
            implements Write {}

    /**
     * Changes of what a table is.
     *
     * @param actions at least one, in the statement's order
     */
    record AlterTable(TableRef table, List<Alteration> actions, boolean ifExists) implements Definition {
        public AlterTable {
            actions = List.copyOf(actions);
        }
    }

    record RenameTable(TableRef table, QualifiedName to, boolean ifExists) implements Definition {}

    record DropTable(TableRef table, boolean ifExists) implements Definition {}

    /**
     * Puts a table back.
     *
     * @param to the table as it was: at another ref, or at a snapshot of its own
     */
    record RevertTable(TableRef table, TableRef to) implements Definition {}

    record ChangeView(TableRef view, ViewChange change) implements Definition {}

    record CreateSchema(String name, boolean ifNotExists) implements Definition {}

    record DropSchema(String name, boolean ifExists) implements Definition {}

    /**
     * Files whose rows a table takes in.
     *
     * @param columns the columns that the files are for, as written; all of the table's where the statement names none
     * @param source path, folder, glob or URI of the files, as written
     * @param format {@code parquet}, {@code csv} or {@code json}
     * @param options the reader's own options in lower case, each a DuckDB literal
     */
    record CopyInto(
            TableRef table,
            List<String> columns,
            String source,
            String format,
            Map<String, String> options,
            CopyOptions copy)
            implements Write {
        public CopyInto {
            columns = List.copyOf(columns);
            options = Map.copyOf(options);
        }
    }

    /**
     * How COPY INTO goes about its files.
     *
     * @param force whether files that were loaded before are loaded again
     * @param pattern takes those files alone whose path, below the source's fixed part, it matches
     */
    record CopyOptions(boolean force, OnError onError, Optional<Pattern> pattern) {}

    record CreateRef(Ref ref, Optional<Ref> from, boolean ifNotExists) implements Definition {}

    record DropRef(Ref ref, boolean ifExists) implements Definition {}

    /** ALTER BRANCH b SET PROTECTED, or UNPROTECTED. */
    record ProtectBranch(Ref.Branch branch, boolean on) implements Definition {}

    record MergeBranch(Ref.Branch from, Ref.Branch into) implements Definition {}

    record Begin(Isolation isolation) implements TransactionControl {}

    record Commit() implements TransactionControl {}

    record Rollback() implements TransactionControl {}

    /** USE BRANCH, TAG or COMMIT. */
    record UseRef(Ref ref) implements Definition {}

    /** USE schema. */
    record UseSchema(String schema) implements Definition {}

    /**
     * A Java function.
     *
     * @param handler {@code Class.method}, where the statement says so
     * @param packages {@code group:artifact:version} of what it needs
     * @param body the source, between its quotes
     * @param bodyOffset where {@code body} begins in the statement's text, in characters from 0
     */
    record CreateFunction(
            QualifiedName name,
            FunctionKind kind,
            Existing existing,
            List<Field> parameters,
            Field result,
            Optional<String> handler,
            boolean deterministic,
            boolean calledOnNull,
            List<Quoted> packages,
            String body,
            int bodyOffset,
            FunctionLimits limits)
            implements Definition {}

    /** A text between quotes, and where the quote begins in the statement's text, in characters from 0. */
    record Quoted(String text, int offset) {}

    record DropFunction(QualifiedName name, boolean ifExists) implements Definition {}

    record Show(Listing listing, Optional<String> schema, Optional<String> like) implements Listed {}

    /**
     * SHOW LOG.
     *
     * @param ref whose history; the session's own where there is none
     * @param table of which the commits are wanted; all commits where there is none
     */
    record ShowLog(Optional<Ref> ref, Optional<QualifiedName> table, int limit) implements Listed {}

    /**
     * SHOW DIFF: what {@code to} has otherwise than {@code from}.
     *
     * @param table of which alone the difference is wanted
     */
    record ShowDiff(Ref from, Ref to, Optional<QualifiedName> table) implements Listed {}

    /** KILL: ends a running statement, of whatever session. */
    record Kill(String id) implements Statement {}

    /** MERGE BRANCH … DRY RUN. */
    record ForecastMerge(Ref.Branch from, Ref.Branch into) implements Listed {}

    /** The files that COPY INTO has read for the table. */
    record ShowLoads(TableRef table) implements Listed {}

    record Describe(TableRef table) implements Listed {}

    /** All that is known of a table or a view. */
    record DescribeExtended(TableRef table) implements Listed {}

    /** SHOW CREATE TABLE and SHOW CREATE VIEW. */
    record ShowCreate(TableRef table) implements Listed {}

    /** SHOW TBLPROPERTIES. */
    record ShowProperties(TableRef table) implements Listed {}

    record DescribeFunction(QualifiedName name) implements Listed {}

    record Explain(Query query, boolean analyze) implements Statement {}

    /** Looks after tables, and gives rows of what was done, or would be. */
    record Maintain(Upkeep task, boolean dryRun) implements Statement {}

    /** What becomes of a thing that exists under the name of the new one. */
    enum Existing {
        FAIL,
        KEEP,
        REPLACE
    }

    /** What SHOW lists. */
    enum Listing {
        TABLES,
        VIEWS,
        SCHEMAS,
        BRANCHES,
        TAGS,
        FUNCTIONS,
        QUERIES
    }
}
