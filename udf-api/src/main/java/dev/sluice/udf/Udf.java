package dev.sluice.udf;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Marks the public static method that a function calls, where its class has several. */
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.METHOD)
public @interface Udf {}
