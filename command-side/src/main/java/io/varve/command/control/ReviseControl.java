package io.varve.command.control;

import io.varve.command.Requires;
import io.varve.command.StreamCommand;
import io.varve.events.access.Permission;
import io.varve.events.control.Control;
import io.varve.events.control.ControlId;
import io.varve.events.identity.UserId;
import io.varve.events.rule.Rules;
import java.math.BigDecimal;
import java.util.SortedSet;
import org.jspecify.annotations.Nullable;

/** Gives a control these fields; what is already so makes no event. */
@Requires(Permission.CONTROL_WRITE)
public record ReviseControl(
    ControlId id,
    String slug,
    String title,
    String statement,
    @Nullable String framework,
    @Nullable UserId owner,
    Control.Status status,
    BigDecimal effectiveness,
    SortedSet<String> techniques)
    implements StreamCommand {

  @Override
  public void check(Rules rules) {
    ControlFields.check(
        rules, slug, title, statement, framework, status, effectiveness, techniques);
  }
}
