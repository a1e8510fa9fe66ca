package io.varve.web.erasure;

import io.varve.events.erasure.Erasure;
import io.varve.events.erasure.ErasureId;
import io.varve.events.hold.HoldId;
import io.varve.events.identity.UserId;
import io.varve.events.tenancy.TenantId;
import io.varve.query.Document;
import io.varve.web.http.Versioned;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An erasure.
 *
 * @param tenant the retired tenant whose data it is; absent where it is of one's own home
 * @param subject absent for the whole of a retired tenant
 * @param extent how much there was when it was asked for, and once completed what it came to
 * @param hold that has kept it from being executed; absent where the last administrator has
 * @param removed how much of each other sort was deleted
 */
record ErasureView(
    ErasureId id,
    long version,
    Instant created,
    Instant updated,
    @Nullable TenantId tenant,
    @Nullable UUID subject,
    String legalBasis,
    UserId requester,
    @Nullable UserId approver,
    Erasure.Status status,
    Erasure.Extent extent,
    @Nullable HoldId hold,
    @Nullable String matter,
    List<Amount> removed)
    implements Versioned {

  static ErasureView of(Document<Erasure> document) {
    Erasure erasure = document.state();
    return new ErasureView(
        erasure.id(),
        document.sequence(),
        document.created(),
        document.at(),
        erasure.tenant(),
        erasure.subject(),
        erasure.legalBasis(),
        erasure.requester(),
        erasure.approver(),
        erasure.status(),
        erasure.extent(),
        erasure.hold(),
        erasure.matter(),
        Amount.of(erasure.removed()));
  }
}
