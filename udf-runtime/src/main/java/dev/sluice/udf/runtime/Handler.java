package dev.sluice.udf.runtime;

import java.lang.constant.ClassDesc;

/** The code of a user's that a function consists of. */
sealed interface Handler permits ScalarMethod, AggregateClass, TableMethod {
    ClassDesc owner();

    /** For a message. */
    String describe();
}
