package io.varve.web.gate;

import io.varve.command.Commands;
import io.varve.command.LedgerRefusal;
import io.varve.command.Terms;
import io.varve.command.notice.Misuse;
import io.varve.command.notice.NoteMisuse;
import io.varve.command.notice.Tally;
import io.varve.events.access.Caller;
import io.varve.events.access.Permission;
import io.varve.events.notice.NoticeEvent.TenantsRead;
import io.varve.events.notice.NoticeId;
import io.varve.events.tenancy.TenantId;
import io.varve.web.auth.Callers;
import io.varve.web.http.Ids;
import org.springframework.stereotype.Component;

/** Notes at the gate what the trail must show of it. */
@Component
final class Watch {

  private final Callers callers;
  private final Commands commands;
  private final Tally tally;

  Watch(Callers callers, Commands commands, Tally tally) {
    this.callers = callers;
    this.commands = commands;
    this.tally = tally;
  }

  /** Somebody asked for what he may not do. Who does so again and again is noted with a count. */
  void refused(Caller caller, Permission permission) {
    tally.note(callers.noting(caller), new Misuse.LackedPermission(permission));
  }

  /**
   * Somebody reads in another home than his own: noted there, before anything is read, or with the
   * reader where nothing is written any more.
   *
   * @param what the sort of thing, as its path calls it
   */
  void reading(Caller own, Caller there, String what) {
    var read = new TenantsRead(new NoticeId(Ids.next()), what, 1, new TenantId(there.tenant()));
    try {
      commands.send(callers.noting(there), new NoteMisuse(read), Terms.NONE);
    } catch (LedgerRefusal.TenantRetired over) {
      commands.send(callers.noting(own), new NoteMisuse(read), Terms.NONE);
    }
  }
}
