package dev.sluice.server.flight;

import dev.sluice.core.Code;
import dev.sluice.core.Failure;
import dev.sluice.core.FailureException;
import dev.sluice.server.query.Ingests;
import dev.sluice.server.query.Ingests.Missing;
import dev.sluice.server.query.Ingests.Present;
import java.util.Optional;
import org.apache.arrow.flight.sql.impl.FlightSql.CommandStatementIngest;
import org.apache.arrow.flight.sql.impl.FlightSql.CommandStatementIngest.TableDefinitionOptions;

/** Reads where a client wants the rows of a bulk ingest. */
final class IngestTargets {
    private IngestTargets() {}

    static Ingests.Target read(CommandStatementIngest command) {
        if (command.getTemporary()) {
            throw refused("Temporary tables are not there: leave out 'temporary'");
        }
        if (command.getTable().isEmpty()) {
            throw new Failure.Invalid(Code.INVALID_STATEMENT, "The name of the table is empty", Optional.empty())
                    .exception();
        }
        var schema = Optional.of(command.getSchema()).filter(name -> !name.isEmpty());
        var options = command.getTableDefinitionOptions();
        return new Ingests.Target(schema, command.getTable(), missing(options), present(options));
    }

    private static Missing missing(TableDefinitionOptions options) {
        return switch (options.getIfNotExist()) {
            case TABLE_NOT_EXIST_OPTION_CREATE -> Missing.CREATE;
            case TABLE_NOT_EXIST_OPTION_FAIL, TABLE_NOT_EXIST_OPTION_UNSPECIFIED, UNRECOGNIZED -> Missing.FAIL;
        };
    }

    private static Present present(TableDefinitionOptions options) {
        return switch (options.getIfExists()) {
            case TABLE_EXISTS_OPTION_APPEND -> Present.APPEND;
            case TABLE_EXISTS_OPTION_REPLACE ->
                throw refused("A bulk ingest does not replace a table: drop it first, or append");
            case TABLE_EXISTS_OPTION_FAIL, TABLE_EXISTS_OPTION_UNSPECIFIED, UNRECOGNIZED -> Present.FAIL;
        };
    }

    private static FailureException refused(String message) {
        return Failure.unsupported(message).exception();
    }
}
