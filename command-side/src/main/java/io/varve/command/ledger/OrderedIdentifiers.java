package io.varve.command.ledger;

import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import org.axonframework.common.IdentifierFactory;

/**
 * Identifiers of events and messages: UUIDs of version 7 (RFC 9562), so that new ones stand side by
 * side in the ledger's index. They are unique, not secret, and therefore not worth a lock on a
 * secure random generator. The framework finds this class through its {@code ServiceLoader}.
 */
public final class OrderedIdentifiers extends IdentifierFactory {

  private static final long VERSION = 0x7000L;
  private static final long VARIANT = 0x8000_0000_0000_0000L;

  @Override
  public String generateIdentifier() {
    var random = ThreadLocalRandom.current();
    long most = System.currentTimeMillis() << 16 | VERSION | random.nextInt(0x1000);
    return new UUID(most, VARIANT | random.nextLong() >>> 2).toString();
  }
}
