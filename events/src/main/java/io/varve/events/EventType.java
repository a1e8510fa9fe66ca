package io.varve.events;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The name under which an event stands in the ledger, {@code stream.past-tense-verb}, the revision
 * of its shape, and how a person says it. The first two are stored with the event; the name of the
 * Java class is not.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface EventType {
  /** The stable name, for example {@code risk.reassessed}. */
  String value();

  /** Counts the shapes this event has had, from 1. An older one is lifted by an upcaster. */
  int revision() default 1;

  /**
   * What the actor did, as the rest of a sentence that begins with the actor's name and goes on
   * with what changed. {@code {it}} stands for the name of the thing.
   */
  String says();
}
