package io.varve.web.access;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Operations on what belongs to a home: the caller's own, at their plain path, and below each of
 * these roots that of another home, for whoever reaches it.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE, ElementType.METHOD})
public @interface Homed {
  Root[] value();
}
