package io.varve.web.gate;

import io.varve.events.access.Permission;
import io.varve.web.access.Needs;
import io.varve.web.access.Public;
import io.varve.web.access.SignedIn;
import java.lang.reflect.Method;
import java.util.ArrayList;
import org.jspecify.annotations.Nullable;

/**
 * What an operation asks of its caller.
 *
 * @param permission null where none is needed
 * @param fresh whether the second factor must have been given just now
 * @param beforeSecondFactor whether it is there for those who still owe their second factor
 */
public record Right(
    boolean open, @Nullable Permission permission, boolean fresh, boolean beforeSecondFactor) {

  /**
   * @throws IllegalStateException if the handler names none, or more than one: then nobody knows
   *     who may use it
   */
  public static Right of(Method handler) {
    var rights = new ArrayList<Right>();
    if (handler.isAnnotationPresent(Public.class)) {
      rights.add(new Right(true, null, false, true));
    }
    SignedIn signedIn = handler.getAnnotation(SignedIn.class);
    if (signedIn != null) {
      rights.add(new Right(false, null, false, signedIn.beforeSecondFactor()));
    }
    Needs needs = handler.getAnnotation(Needs.class);
    if (needs != null) {
      rights.add(new Right(false, needs.value(), needs.fresh(), false));
    }
    if (rights.size() != 1) {
      throw new IllegalStateException(
          handler + " names " + (rights.isEmpty() ? "no right" : "more than one right"));
    }
    return rights.getFirst();
  }
}
