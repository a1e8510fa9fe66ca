package io.varve.command;

import io.varve.events.Refusal;
import io.varve.events.access.Caller;
import io.varve.events.identity.UserId;
import io.varve.events.provenance.Actor;

/** What takes two people is not done by one. */
public final class SecondPersonRefusal extends Refusal {

  private static final long serialVersionUID = 1L;

  private SecondPersonRefusal() {
    super(Kind.FORBIDDEN, "second-person", "Another person has to do this than who asked for it.");
  }

  /**
   * The user who gives a word of its own: no key, and nobody on another's behalf.
   *
   * @throws SecondPersonRefusal for whoever is none
   */
  public static UserId person() {
    Caller caller = Caller.current();
    if (caller.actor().kind() != Actor.Kind.USER || caller.impersonator() != null) {
      throw new SecondPersonRefusal();
    }
    return new UserId(caller.actor().id());
  }

  /**
   * The user who agrees with another.
   *
   * @param first who asked
   * @throws SecondPersonRefusal for the same person, and for whoever is none
   */
  public static UserId second(UserId first) {
    UserId second = person();
    if (second.equals(first)) {
      throw new SecondPersonRefusal();
    }
    return second;
  }
}
