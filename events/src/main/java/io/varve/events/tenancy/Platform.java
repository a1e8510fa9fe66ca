package io.varve.events.tenancy;

import static java.util.Objects.requireNonNull;

import io.varve.events.State;
import io.varve.events.StreamDefinition;
import io.varve.events.UniqueValue;
import io.varve.events.rule.Rules;
import io.varve.events.tenancy.PlatformEvent.PlatformRenamed;
import io.varve.events.tenancy.PlatformEvent.PlatformSetUp;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The installation itself, where its operators belong.
 *
 * <p>That there is only one is a unique value, so that of two set-ups at the same time one fails.
 */
public record Platform(PlatformId id, String name) implements State {

  public static final StreamDefinition<Platform, PlatformEvent> STREAM =
      new StreamDefinition<>("platform", Platform.class, PlatformEvent.class, Platform::evolve);

  public static final int MAX_NAME = 200;

  static Platform evolve(@Nullable Platform platform, PlatformEvent event) {
    return switch (event) {
      case PlatformSetUp e -> new Platform(e.id(), e.name());
      case PlatformRenamed e -> new Platform(requireNonNull(platform).id, e.name());
    };
  }

  @Override
  public void check(Rules rules) {
    rules.line("/name", name, MAX_NAME);
  }

  @Override
  public Set<UniqueValue> uniqueValues() {
    return Set.of(UniqueValue.inPlatform("platform", "only", ""));
  }
}
