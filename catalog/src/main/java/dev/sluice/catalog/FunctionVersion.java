package dev.sluice.catalog;

import dev.sluice.core.QualifiedName;

/**
 * A function as a commit has it.
 *
 * @param document its definition, a JSON object that the catalog stores and does not read
 */
public record FunctionVersion(QualifiedName name, String document) {}
