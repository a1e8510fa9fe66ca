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
import org.jspecify.annotations.Nullable;

/** Gives a source these fields; what is already so makes no event. Its kind stays. */
@Requires(Permission.SOURCE_WRITE)
public record ReviseSource(
    SourceId id,
    String name,
    @Nullable VendorId vendor,
    @Nullable String endpoint,
    Source.Auth auth,
    Schedule schedule,
    Config config)
    implements StreamCommand {

  @Override
  public void check(Rules rules) {
    SourceFields.check(rules, name, endpoint, auth, schedule, config);
  }
}
