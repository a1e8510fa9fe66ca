package io.varve.web.hold;

import io.varve.events.hold.Hold;
import io.varve.events.hold.HoldId;
import io.varve.events.hold.HoldScope;
import io.varve.events.identity.UserId;
import io.varve.query.Document;
import io.varve.web.http.Versioned;
import java.time.Instant;
import java.util.SortedSet;
import org.jspecify.annotations.Nullable;

/**
 * A legal hold.
 *
 * @param extended who has widened it last, and why
 * @param asked who has asked for its release, and why
 * @param released who has released it, and why
 */
record HoldView(
    HoldId id,
    long version,
    Instant created,
    Instant updated,
    String matter,
    String reason,
    SortedSet<UserId> custodians,
    HoldScope scope,
    Hold.Status status,
    UserId placedBy,
    Hold.@Nullable Say extended,
    Hold.@Nullable Say asked,
    Hold.@Nullable Say released)
    implements Versioned {

  static HoldView of(Document<Hold> document) {
    Hold hold = document.state();
    return new HoldView(
        hold.id(),
        document.sequence(),
        document.created(),
        document.at(),
        hold.matter(),
        hold.reason(),
        hold.custodians(),
        hold.scope(),
        hold.status(),
        hold.placedBy(),
        hold.extended(),
        hold.asked(),
        hold.released());
  }
}
