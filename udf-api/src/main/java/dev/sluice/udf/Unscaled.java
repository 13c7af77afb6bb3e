package dev.sluice.udf;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Asks for a {@code DECIMAL(p, s)} of at most 18 digits as a {@code long} of all its digits: 12.50 of {@code DECIMAL(9,
 * 2)} is 1250. On a parameter, or on a method for its result.
 */
@Retention(RetentionPolicy.CLASS)
@Target({ElementType.PARAMETER, ElementType.METHOD})
public @interface Unscaled {}
