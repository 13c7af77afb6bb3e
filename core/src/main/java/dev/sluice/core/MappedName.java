package dev.sluice.core;

import java.util.List;
import java.util.OptionalInt;
import java.util.Set;

/**
 * What a field is called in files that have no field ids: one entry of Iceberg's name mapping.
 *
 * @param names any of them is the field
 * @param id absent for a field that the table does not have
 * @param children of a struct; {@code element} of a list; {@code key} and {@code value} of a map
 */
public record MappedName(Set<String> names, OptionalInt id, List<MappedName> children) {
    public MappedName {
        names = Set.copyOf(names);
        children = List.copyOf(children);
    }
}
