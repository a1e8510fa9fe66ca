package io.varve.web.key;

import io.varve.command.kri.ObservationsPushed;
import io.varve.command.kri.PushObservations;
import io.varve.command.kri.PushedValue;
import io.varve.events.access.Caller;
import io.varve.events.access.Permission;
import io.varve.web.access.Needs;
import io.varve.web.http.Body;
import io.varve.web.http.Write;
import io.varve.web.openapi.Says;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Where a key that pushes for a source brings values, and nothing else can be done. */
@RestController
@RequestMapping("/api/push/observations")
final class PushController {

  private final Clock clock;

  PushController(Clock clock) {
    this.clock = clock;
  }

  /**
   * Values that are told together, or not at all.
   *
   * @param observations up to {@value PushObservations#MAX_VALUES}
   */
  record PushedObservations(List<PushedObservation> observations) {}

  @Says(value = "Tells a value of a KRI of the key's source", refuses = 404)
  @Needs(Permission.OBSERVATION_PUSH)
  @PostMapping
  ResponseEntity<ObservationsPushed> one(@Body PushedObservation told, Caller caller, Write write) {
    return push(List.of(told.at("", clock.instant(), caller)), write);
  }

  @Says(value = "Tells up to 100 values of KRIs of the key's source, or none", refuses = 404)
  @Needs(Permission.OBSERVATION_PUSH)
  @PostMapping("/batch")
  ResponseEntity<ObservationsPushed> many(
      @Body PushedObservations told, Caller caller, Write write) {
    Instant now = clock.instant();
    var values = new ArrayList<PushedValue>();
    for (PushedObservation one : told.observations()) {
      values.add(one.at("/observations/" + values.size(), now, caller));
    }
    return push(values, write);
  }

  private static ResponseEntity<ObservationsPushed> push(List<PushedValue> values, Write write) {
    return write.changeMany(new PushObservations(values), ObservationsPushed.class);
  }
}
