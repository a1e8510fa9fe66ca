package io.varve.web.control;

import io.varve.command.control.AdoptControl;
import io.varve.command.control.ReviseControl;
import io.varve.events.control.Control;
import io.varve.events.control.ControlId;
import io.varve.events.identity.UserId;
import io.varve.web.http.Absent;
import java.math.BigDecimal;
import java.util.SortedSet;
import org.jspecify.annotations.Nullable;

/**
 * What a person says of a control.
 *
 * @param effectiveness the share of a risk that it takes away, 0 to 1
 */
record ControlFields(
    String slug,
    String title,
    @Nullable String statement,
    @Nullable String framework,
    @Nullable UserId owner,
    Control.Status status,
    BigDecimal effectiveness,
    @Nullable SortedSet<String> techniques) {

  AdoptControl adopt(ControlId id) {
    return new AdoptControl(
        id,
        slug,
        title,
        Absent.text(statement),
        framework,
        owner,
        status,
        effectiveness,
        Absent.set(techniques));
  }

  ReviseControl revise(ControlId id) {
    return new ReviseControl(
        id,
        slug,
        title,
        Absent.text(statement),
        framework,
        owner,
        status,
        effectiveness,
        Absent.set(techniques));
  }
}
