package io.varve.projections.verify;

import io.varve.evidence.ledger.Envelope;
import io.varve.evidence.merkle.CompactRange;
import io.varve.evidence.merkle.Hash;
import io.varve.evidence.merkle.Merkle;
import io.varve.projections.verify.SealRows.Entry;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * The tenants' trees, grown again from the events in the order of their positions, each compared
 * with its checkpoints when it has their size. Holds a few hashes for each tenant and nothing of an
 * event.
 */
final class LedgerTrees {

  private final SealedLog log;
  private final StoredTiles tiles;
  private final Map<UUID, Tenant> tenants = new HashMap<>();
  private long position;

  private static final class Tenant {
    private final CompactRange tree = new CompactRange();
    private Instant at = Instant.MIN;
    private long sealed;
    private Hash sealedRoot = Merkle.EMPTY;
  }

  /** What of a tenant is sealed: so many events with that root. */
  record Sealed(long size, Hash root) {}

  LedgerTrees(SealedLog log, StoredTiles tiles) {
    this.log = log;
    this.tiles = tiles;
  }

  void add(List<Envelope> events) {
    events.forEach(this::add);
  }

  long position() {
    return position;
  }

  /** How many events each tenant has. */
  Map<UUID, Long> sizes() {
    var sizes = new HashMap<UUID, Long>();
    tenants.forEach((id, tenant) -> sizes.put(id, tenant.tree.size()));
    return sizes;
  }

  Map<UUID, Sealed> sealed() {
    var sealed = new HashMap<UUID, Sealed>();
    tenants.forEach((id, tenant) -> sealed.put(id, new Sealed(tenant.sealed, tenant.sealedRoot)));
    return sealed;
  }

  private void add(Envelope event) {
    if (event.position() != position + 1) {
      throw event.position() > position + 1
          ? new BrokenException("The event at position %d is missing".formatted(position + 1))
          : BrokenException.of(
              event, "is at position %d, where another is".formatted(event.position()));
    }
    position++;
    Tenant tenant = tenants.computeIfAbsent(event.tenant(), id -> new Tenant());
    if (event.number() != tenant.tree.size() + 1) {
      throw event.number() > tenant.tree.size() + 1
          ? new BrokenException(
              "Event %d of tenant %s is missing, or not in its place"
                  .formatted(tenant.tree.size() + 1, event.tenant()))
          : BrokenException.of(event, "has a number that another event before it has");
    }
    if (event.at().isBefore(tenant.at)) {
      throw BrokenException.of(event, "is older than the one before it");
    }
    tenant.at = event.at();
    tenant.tree.append(event.leafHash());
    compare();
  }

  private void compare() {
    for (Entry next = log.pending(); next != null; next = log.pending()) {
      Tenant tenant = tenants.get(next.tenant());
      long size = tenant == null ? 0 : tenant.tree.size();
      if (tenant == null || size < next.size()) {
        return;
      }
      if (size > next.size() || next.size() <= tenant.sealed) {
        throw new BrokenException(
            "The checkpoint of tenant %s with %d events does not come after those before it"
                .formatted(next.tenant(), next.size()));
      }
      Hash root = tenant.tree.root();
      if (!root.equals(next.root())) {
        throw tiles.firstDifference(next.tenant(), tenant.sealed, next);
      }
      tenant.sealed = next.size();
      tenant.sealedRoot = root;
      log.accept();
    }
  }
}
