package io.varve.web.source;

import io.varve.command.source.ReviseSource;
import io.varve.events.source.Config;
import io.varve.events.source.Schedule;
import io.varve.events.source.Source;
import io.varve.events.source.SourceId;
import io.varve.events.vendor.VendorId;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What can be changed of a source; its credential has a resource of its own. */
record SourceFields(
    String name,
    @Nullable VendorId vendor,
    @Nullable String endpoint,
    Source.@Nullable Auth auth,
    Schedule schedule,
    @Nullable Config config) {

  ReviseSource revise(SourceId id) {
    return new ReviseSource(
        id,
        name,
        vendor,
        endpoint,
        Objects.requireNonNullElse(auth, Source.Auth.NONE),
        schedule,
        Objects.requireNonNullElseGet(config, Config::empty));
  }
}
