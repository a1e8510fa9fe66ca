package io.varve.web.access;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** An operation for everybody who is signed in, whatever they may do otherwise. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface SignedIn {

  /** Whether it is there for those, too, who still owe their second factor. */
  boolean beforeSecondFactor() default false;
}
