/**
 * The parser that the build generates from Calcite's template, and the operators that it names. For
 * {@code dev.sluice.planner} alone; the grammar's own parts are in {@code src/main/codegen}.
 */
package dev.sluice.planner.parser;
