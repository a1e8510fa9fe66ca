package io.varve.command.erasure;

import io.varve.command.Requires;
import io.varve.command.StreamCommand;
import io.varve.events.access.Permission;
import io.varve.events.erasure.Erasure;
import io.varve.events.erasure.ErasureId;
import io.varve.events.rule.Rules;
import io.varve.events.tenancy.TenantId;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Wants what is known of a person to be destroyed, or all that a retired tenant has.
 *
 * @param tenant a retired tenant of the caller's organization; null for the caller's own
 * @param subject null for the whole of a retired tenant
 * @param extent how much there is now
 */
@Requires(Permission.ERASURE_WRITE)
public record RequestErasure(
    ErasureId id,
    @Nullable TenantId tenant,
    @Nullable UUID subject,
    String legalBasis,
    Erasure.Extent extent)
    implements StreamCommand {

  @Override
  public void check(Rules rules) {
    rules
        .line("/legalBasis", legalBasis, Erasure.MAX_LEGAL_BASIS)
        .hold(subject != null || tenant != null, "/subject", "required", "is required");
  }
}
