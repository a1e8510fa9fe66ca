package io.varve.web.erasure;

import io.varve.command.LedgerRefusal;
import io.varve.command.erasure.ErasureRefusal;
import io.varve.events.tenancy.Tenant;
import io.varve.events.tenancy.TenantId;
import io.varve.postgres.Scope;
import io.varve.postgres.ledger.LedgerReader;
import io.varve.postgres.ledger.StoredEvent;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.UUID;

/**
 * Retired tenants, whose ledger takes nothing any more: what is erased of them is recorded in the
 * ledger of their organization.
 */
final class RetiredTenants {

  /** For how long all of a retired tenant is kept, whoever wants it gone. */
  static final Duration KEPT = Duration.ofDays(400);

  private static final int PAGE = 500;

  private final LedgerReader ledger;
  private final Clock clock;

  RetiredTenants(LedgerReader ledger, Clock clock) {
    this.ledger = ledger;
    this.clock = clock;
  }

  /**
   * @throws LedgerRefusal.NoSuchStream if the organization has no such tenant
   * @throws ErasureRefusal if it is not retired, or all of it is wanted gone before its time
   */
  void require(UUID organization, Subject subject) {
    TenantId retired = subject.retired();
    if (retired == null) {
      return;
    }
    UUID id = retired.value();
    Tenant tenant =
        ledger
            .state(Scope.command(id), Tenant.STREAM, id, id)
            .filter(found -> found.organization().value().equals(organization))
            .orElseThrow(LedgerRefusal.NoSuchStream::new);
    if (tenant.status() != Tenant.Status.RETIRED) {
      throw new ErasureRefusal.TenantIsInUse();
    }
    if (subject.person() == null && clock.instant().isBefore(last(id).at().plus(KEPT))) {
      throw new ErasureRefusal.RetiredTooLately();
    }
  }

  /** To be retired is the last that happens to a tenant. */
  private StoredEvent last(UUID id) {
    StoredEvent last = null;
    for (var page = page(id, 0); !page.isEmpty(); page = page(id, last.sequence() + 1)) {
      last = page.getLast();
    }
    if (last == null) {
      throw new LedgerRefusal.NoSuchStream();
    }
    return last;
  }

  private List<StoredEvent> page(UUID id, long from) {
    return ledger.stream(Scope.command(id), id, id, from, PAGE);
  }
}
