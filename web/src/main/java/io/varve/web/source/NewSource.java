package io.varve.web.source;

import io.varve.command.source.RegisterSource;
import io.varve.events.source.Config;
import io.varve.events.source.Schedule;
import io.varve.events.source.Source;
import io.varve.events.source.SourceId;
import io.varve.events.vendor.VendorId;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A source as it begins.
 *
 * @param credential the secret for the endpoint; it goes to the vault and is never shown
 */
record NewSource(
    String name,
    Source.Kind kind,
    @Nullable VendorId vendor,
    @Nullable String endpoint,
    Source.@Nullable Auth auth,
    @Nullable String credential,
    Schedule schedule,
    @Nullable Config config) {

  RegisterSource register(SourceId id, @Nullable UUID secret) {
    return new RegisterSource(
        id,
        name,
        kind,
        vendor,
        endpoint,
        Objects.requireNonNullElse(auth, Source.Auth.NONE),
        schedule,
        Objects.requireNonNullElseGet(config, Config::empty),
        secret);
  }
}
