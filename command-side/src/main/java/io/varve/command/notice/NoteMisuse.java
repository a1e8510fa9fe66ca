package io.varve.command.notice;

import io.varve.command.Requires;
import io.varve.command.StreamCommand;
import io.varve.events.access.Permission;
import io.varve.events.notice.Notice;
import io.varve.events.notice.NoticeEvent;
import io.varve.events.notice.NoticeId;
import io.varve.events.rule.Rules;

/**
 * Begins a notice. Sent by Varve itself, with whoever did it as actor, and for what anybody can do
 * again and again by way of the {@link Tally}.
 */
@Requires(Permission.SECURITY_NOTE)
public record NoteMisuse(NoticeEvent notice) implements StreamCommand {

  @Override
  public NoticeId id() {
    return notice.id();
  }

  @Override
  public void check(Rules rules) {
    Notice.STREAM.evolve(null, notice).check(rules);
  }
}
