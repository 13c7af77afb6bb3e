package dev.sluice.catalog;

import dev.sluice.core.QualifiedName;

/**
 * A view pinned at a commit.
 *
 * @param name in the case in which it was created
 * @param metadataLocation the immutable metadata file that says all this
 */
public record ViewVersion(QualifiedName name, Commit commit, ViewDefinition definition, String metadataLocation) {}
