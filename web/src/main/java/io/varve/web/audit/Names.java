package io.varve.web.audit;

import io.varve.events.identity.User;
import io.varve.events.key.ApiKey;
import io.varve.events.personal.Personal;
import io.varve.events.provenance.Actor;
import io.varve.query.audit.TrailNames.Thing;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What things and people are called.
 *
 * @param known as the read models have them: of people sealed
 * @param opened what opens of that; the rest was erased
 */
record Names(Map<Thing, String> known, Map<Personal, String> opened) {

  /** The name; null if there is none, or it was erased. */
  @Nullable String of(Thing thing) {
    String name = known.get(thing);
    return name != null && Personal.isPersonal(name) ? opened.get(Personal.parse(name)) : name;
  }

  /** Whether there was a name. */
  boolean isErased(Thing thing) {
    return known.containsKey(thing) && of(thing) == null;
  }

  Who of(Actor actor) {
    return new Who(actor.kind(), actor.id(), of(thing(actor)));
  }

  /** What the read models have of an actor. Only users and keys are things there. */
  static Thing thing(Actor actor) {
    return new Thing(
        switch (actor.kind()) {
          case USER -> User.STREAM.name();
          case API_KEY -> ApiKey.STREAM.name();
          case CONNECTOR, WORKFLOW, PANEL, SYSTEM -> actor.kind().text();
        },
        actor.id());
  }
}
