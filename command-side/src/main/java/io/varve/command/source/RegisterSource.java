package io.varve.command.source;

import io.varve.command.Requires;
import io.varve.command.StreamCommand;
import io.varve.events.access.Permission;
import io.varve.events.rule.Rules;
import io.varve.events.source.Config;
import io.varve.events.source.Schedule;
import io.varve.events.source.Source;
import io.varve.events.source.SourceId;
import io.varve.events.vendor.VendorId;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Sets up a source.
 *
 * @param credential where the vault keeps the secret for the endpoint, if there is one; it needs
 *     {@link Permission#CREDENTIAL_WRITE}, too
 */
@Requires(Permission.SOURCE_WRITE)
public record RegisterSource(
    SourceId id,
    String name,
    Source.Kind kind,
    @Nullable VendorId vendor,
    @Nullable String endpoint,
    Source.Auth auth,
    Schedule schedule,
    Config config,
    @Nullable UUID credential)
    implements StreamCommand {

  @Override
  public void check(Rules rules) {
    rules.required("/kind", kind);
    SourceFields.check(rules, name, endpoint, auth, schedule, config);
    rules.hold(
        kind != Source.Kind.CONNECTOR || endpoint != null,
        "/endpoint",
        "required",
        "is required for a connector");
  }
}
