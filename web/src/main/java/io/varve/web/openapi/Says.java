package io.varve.web.openapi;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** What an operation does, for a person. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface Says {
  String value();

  /** The statuses of refusals that only this operation has. */
  int[] refuses() default {};

  /** Whether a POST with a body changes what there is, and adds nothing. */
  boolean changes() default false;

  /** Whether it can be asked only to say what it would do, which is answered with 200. */
  boolean tries() default false;

  /** The status of an answer without a body. */
  int answers() default 204;
}
