package dev.sluice.planner;

import java.time.Instant;

/**
 * What a statement is planned against.
 *
 * @param defaultSchema schema of names that have none
 * @param now the time at which the statement began, to which relative times refer
 */
public record PlanContext(
        String defaultSchema, Instant now, TableLookup tables, FunctionLookup functions, ViewLookup views) {}
