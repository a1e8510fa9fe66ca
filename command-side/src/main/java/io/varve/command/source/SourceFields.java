package io.varve.command.source;

import io.varve.events.rule.Rules;
import io.varve.events.source.Config;
import io.varve.events.source.Schedule;
import io.varve.events.source.Source;
import org.jspecify.annotations.Nullable;

/** The rules of the fields that registering and revising a source share. */
final class SourceFields {

  private SourceFields() {}

  static void check(
      Rules rules,
      @Nullable String name,
      @Nullable String endpoint,
      Source.@Nullable Auth auth,
      @Nullable Schedule schedule,
      @Nullable Config config) {
    rules
        .line("/name", name, Source.MAX_NAME)
        .required("/auth", auth)
        .required("/schedule", schedule)
        .required("/config", config);
    if (endpoint != null) {
      rules.httpUrl("/endpoint", endpoint, Source.MAX_ENDPOINT);
    }
    if (config != null) {
      config.check(rules, "/config");
    }
  }
}
