package io.varve.web.access;

import io.varve.events.access.Permission;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** The permission that an operation needs, in the home that it is about. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface Needs {
  Permission value();

  /** Whether it is dangerous, so that the second factor must have been given just now. */
  boolean fresh() default false;
}
