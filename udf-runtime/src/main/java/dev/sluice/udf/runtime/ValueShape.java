package dev.sluice.udf.runtime;

import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.util.List;
import org.apache.arrow.vector.types.pojo.Field;

/** How the values of one SQL type are values of one Java type. */
sealed interface ValueShape {
    /** The Java type, erased. */
    ClassDesc java();

    /** One value of a {@link SqlType}. */
    record Plain(Field field, ClassDesc java) implements ValueShape {}

    /** The digits of a decimal. */
    record Digits(Field field, ClassDesc java) implements ValueShape {}

    /** A list as an array of a primitive type. */
    record PrimitiveArray(Field element, ClassDesc java) implements ValueShape {}

    /** A list as a {@code List} or as an array of a reference type. */
    record Items(ValueShape element, ClassDesc java) implements ValueShape {}

    /** A map. */
    record Entries(ValueShape key, ValueShape value) implements ValueShape {
        @Override
        public ClassDesc java() {
            return ConstantDescs.CD_Map;
        }
    }

    /**
     * A struct as a record.
     *
     * @param components in the record's order
     */
    record Components(ClassDesc java, List<Component> components) implements ValueShape {
        public Components {
            components = List.copyOf(components);
        }
    }

    /**
     * A component of a record.
     *
     * @param field which of the struct's fields it is
     */
    record Component(String name, ValueShape shape, int field) {}

    /** Whether a vector holds it by itself, without vectors of children. */
    default boolean isFlat() {
        return switch (this) {
            case Plain _, Digits _ -> true;
            case PrimitiveArray _, Items _, Entries _, Components _ -> false;
        };
    }
}
