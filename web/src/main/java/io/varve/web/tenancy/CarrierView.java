package io.varve.web.tenancy;

import io.varve.events.tenancy.Carrier;
import io.varve.events.tenancy.CarrierId;
import io.varve.query.Document;
import io.varve.web.http.Versioned;
import java.time.Instant;

/** A carrier. */
record CarrierView(CarrierId id, long version, Instant created, Instant updated, String name)
    implements Versioned {

  static CarrierView of(Document<Carrier> document) {
    return new CarrierView(
        document.state().id(),
        document.sequence(),
        document.created(),
        document.at(),
        document.state().name());
  }
}
