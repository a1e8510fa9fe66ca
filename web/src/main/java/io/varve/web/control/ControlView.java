package io.varve.web.control;

import io.varve.events.control.Control;
import io.varve.events.control.ControlId;
import io.varve.events.identity.UserId;
import io.varve.query.Document;
import io.varve.web.http.Versioned;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.SortedSet;
import org.jspecify.annotations.Nullable;

/** A control. */
record ControlView(
    ControlId id,
    long version,
    Instant created,
    Instant updated,
    String slug,
    String title,
    String statement,
    @Nullable String framework,
    @Nullable UserId owner,
    Control.Status status,
    BigDecimal effectiveness,
    SortedSet<String> techniques)
    implements Versioned {

  static ControlView of(Document<Control> document) {
    Control control = document.state();
    return new ControlView(
        control.id(),
        document.sequence(),
        document.created(),
        document.at(),
        control.slug(),
        control.title(),
        control.statement(),
        control.framework(),
        control.owner(),
        control.status(),
        control.effectiveness(),
        control.techniques());
  }
}
