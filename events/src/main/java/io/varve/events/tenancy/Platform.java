package io.varve.events.tenancy;

import static java.util.Objects.requireNonNull;

import io.varve.events.State;
import io.varve.events.StreamDefinition;
import io.varve.events.UniqueValue;
import io.varve.events.rule.Rules;
import io.varve.events.tenancy.PlatformEvent.PlatformMfaPolicySet;
import io.varve.events.tenancy.PlatformEvent.PlatformRenamed;
import io.varve.events.tenancy.PlatformEvent.PlatformSetUp;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The installation itself, where its operators belong.
 *
 * <p>That there is only one is a unique value, so that of two set-ups at the same time one fails.
 *
 * @param mfaRequired whether everybody who belongs anywhere must have a second factor
 */
public record Platform(PlatformId id, String name, boolean mfaRequired) implements State {

  public static final StreamDefinition<Platform, PlatformEvent> STREAM =
      new StreamDefinition<>("platform", Platform.class, PlatformEvent.class, Platform::evolve, 2);

  public static final int MAX_NAME = 200;

  static Platform evolve(@Nullable Platform platform, PlatformEvent event) {
    if (event instanceof PlatformSetUp e) {
      return new Platform(e.id(), e.name(), false);
    }
    Platform was = requireNonNull(platform);
    return switch (event) {
      case PlatformSetUp e -> throw new IllegalStateException("a platform is set up once");
      case PlatformRenamed e -> new Platform(was.id, e.name(), was.mfaRequired);
      case PlatformMfaPolicySet e -> new Platform(was.id, was.name, e.required());
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
