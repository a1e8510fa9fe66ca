package io.varve.command.notice;

import io.varve.command.Commands;
import io.varve.command.LedgerRefusal;
import io.varve.command.Terms;
import io.varve.events.Json;
import io.varve.events.access.Caller;
import io.varve.events.access.Permission;
import io.varve.events.notice.NoticeId;
import io.varve.postgres.Database;
import io.varve.postgres.Scope;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps floods out of the ledger. Of the same misuse by the same actor in the same tenant the first
 * in each quarter of an hour is noted at once; those after it are counted, over all nodes, and
 * noted together when the quarter is over, by the {@link TallySweep}.
 */
public final class Tally {

  private static final Logger log = LoggerFactory.getLogger(Tally.class);

  /** How long a window is. They follow each other from the epoch on, the same on every node. */
  static final Duration WINDOW = Duration.ofMinutes(15);

  /**
   * Both notices have their identifiers from the beginning, so that nothing is noted twice,
   * whatever fails in between. The second's is of the time at which it will be noted.
   */
  private static final String COUNT =
      """
      insert into ops.tally as t (tenant_id, rest_notice, ends, kind, misuse, actor, impersonator, at)
      values (?, uuidv7(cast(? as timestamptz) - clock_timestamp()), ?, ?, ?, ?, ?, ?)
          on conflict (tenant_id, ends, kind, misuse, actor, impersonator)
          do update set more = t.more + 1,
                        more_from = least(t.more_from, excluded.at),
                        more_to = greatest(t.more_to, excluded.at)
      returning more, first_notice
      """;

  private record Counted(long more, UUID firstNotice) {}

  private final Database database;
  private final Commands commands;
  private final Clock clock;

  public Tally(Database database, Commands commands, Clock clock) {
    this.database = database;
    this.commands = commands;
    this.clock = clock;
  }

  /**
   * Notes or counts that something happened, now. Where the ledger does not take a notice it is
   * tried again when the window is over.
   *
   * @param caller in whose ledger and by whom, with the permission {@code security:note}
   * @throws io.varve.events.access.ForbiddenException without that permission
   */
  public void note(Caller caller, Misuse misuse) {
    caller.require(Permission.SECURITY_NOTE);
    Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
    Counted counted = count(caller, misuse, now);
    if (counted.more() > 0) {
      return;
    }
    var notice = misuse.noted(new NoticeId(counted.firstNotice()), 1, now, now);
    try {
      commands.send(caller, new NoteMisuse(notice), Terms.NONE);
    } catch (LedgerRefusal refused) {
      log.warn("a notice waits until its window is over: {}", refused.code());
    }
  }

  private Counted count(Caller caller, Misuse misuse, Instant now) {
    return database
        .queryOne(
            Scope.access(caller.tenant()),
            COUNT,
            (statement, first) -> {
              statement.setObject(first, caller.tenant());
              statement.setObject(first + 1, endOf(now).atOffset(ZoneOffset.UTC));
              statement.setObject(first + 2, endOf(now).atOffset(ZoneOffset.UTC));
              statement.setString(first + 3, misuse.kind());
              statement.setString(first + 4, Json.write(misuse));
              statement.setString(first + 5, Json.write(caller.actor()));
              statement.setString(
                  first + 6,
                  caller.impersonator() == null ? null : Json.write(caller.impersonator()));
              statement.setObject(first + 7, now.atOffset(ZoneOffset.UTC));
            },
            row -> new Counted(row.getLong(1), row.getObject(2, UUID.class)))
        .orElseThrow();
  }

  private static Instant endOf(Instant now) {
    long length = WINDOW.toSeconds();
    return Instant.ofEpochSecond((Math.floorDiv(now.getEpochSecond(), length) + 1) * length);
  }
}
