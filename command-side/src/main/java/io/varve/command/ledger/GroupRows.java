package io.varve.command.ledger;

import io.varve.command.Terms.Idempotency;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/**
 * A group of commands as the rows that it leads to. A tenant's numbers are known only when its
 * counter was raised by the whole group's events, so each row counts back from there.
 *
 * @param perTenant how many events each tenant has in the group
 * @param ended the tenants that take no event after these
 * @param laterThanLast for each command, how many of its tenant's events follow its last one; -1 if
 *     it has none
 */
record GroupRows(
    List<Append> group,
    Map<UUID, Long> perTenant,
    Set<UUID> ended,
    List<EventRow> events,
    List<PendingClaim> freed,
    List<TakenRow> taken,
    List<AnswerRow> answers,
    List<Long> laterThanLast) {

  /**
   * @param later how many of its tenant's events follow it in the group
   */
  record EventRow(UUID tenant, long later, PendingEvent event) {}

  /**
   * @param tenant whose stream takes the value; its owner may be the platform
   */
  record TakenRow(UUID tenant, PendingClaim claim) {}

  /**
   * @param later how many of its tenant's events follow its own in the group; -1 if it has none
   */
  record AnswerRow(UUID tenant, UUID actor, Idempotency idempotency, String json, long later) {}

  /** What a tenant has come to with the group. */
  record Counted(Instant at, UUID tenant, long number) {

    static Counted read(ResultSet row) throws SQLException {
      return new Counted(
          row.getObject(1, OffsetDateTime.class).toInstant(),
          row.getObject(2, UUID.class),
          row.getLong(3));
    }
  }

  static GroupRows of(List<Append> group) {
    Map<UUID, Long> perTenant = new LinkedHashMap<>();
    for (Append append : group) {
      if (!append.events().isEmpty()) {
        perTenant.merge(append.tenant(), (long) append.events().size(), Long::sum);
      }
    }
    var rows =
        new GroupRows(
            group,
            perTenant,
            new HashSet<>(),
            new ArrayList<>(),
            new ArrayList<>(),
            new ArrayList<>(),
            new ArrayList<>(),
            new ArrayList<>());
    Map<UUID, Long> later = new HashMap<>(perTenant);
    for (Append append : group) {
      rows.laterThanLast.add(rows.add(append, later));
    }
    return rows;
  }

  /** What the caller of each command is told. */
  List<Appended> appended(List<Counted> counted, Instant now) {
    var numbers = new HashMap<UUID, Long>();
    Instant at = now;
    for (Counted tenant : counted) {
      numbers.put(tenant.tenant(), tenant.number());
      at = tenant.at();
    }
    var appended = new ArrayList<Appended>(group.size());
    for (int i = 0; i < group.size(); i++) {
      long following = laterThanLast.get(i);
      long number = following < 0 ? 0 : numbers.getOrDefault(group.get(i).tenant(), 0L) - following;
      appended.add(new Appended(number, at));
    }
    return appended;
  }

  private long add(Append append, Map<UUID, Long> later) {
    long following = -1;
    for (PendingEvent event : append.events()) {
      following = later.merge(append.tenant(), -1L, Long::sum);
      events.add(new EventRow(append.tenant(), following, event));
    }
    if (append.endsTenant()) {
      ended.add(append.tenant());
    }
    freed.addAll(append.freed());
    append.taken().forEach(claim -> taken.add(new TakenRow(append.tenant(), claim)));
    if (append.idempotency() != null && append.answer() != null) {
      answers.add(
          new AnswerRow(
              append.tenant(), append.actor(), append.idempotency(), append.answer(), following));
    }
    return following;
  }
}
