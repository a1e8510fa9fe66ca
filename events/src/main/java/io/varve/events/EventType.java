package io.varve.events;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The name under which an event stands in the ledger, {@code stream.past-tense-verb}, and the
 * revision of its shape. Both are stored with the event; the name of the Java class is not.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface EventType {
  /** The stable name, for example {@code risk.reassessed}. */
  String value();

  /** Counts the shapes this event has had, from 1. An older one is lifted by an upcaster. */
  int revision() default 1;
}
