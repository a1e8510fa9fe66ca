package io.varve.events.tenancy;

import static java.util.Objects.requireNonNull;

import io.varve.events.State;
import io.varve.events.StreamDefinition;
import io.varve.events.UniqueValue;
import io.varve.events.rule.Rules;
import io.varve.events.tenancy.PlatformEvent.PlatformKeyRotated;
import io.varve.events.tenancy.PlatformEvent.PlatformMfaPolicySet;
import io.varve.events.tenancy.PlatformEvent.PlatformRenamed;
import io.varve.events.tenancy.PlatformEvent.PlatformSetUp;
import java.util.Collections;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The installation itself, where its operators belong.
 *
 * <p>That there is only one is a unique value, so that of two set-ups at the same time one fails.
 *
 * @param mfaRequired whether everybody who belongs anywhere must have a second factor
 * @param keys which version of its keys it uses, of those that were ever rotated
 */
public record Platform(
    PlatformId id, String name, boolean mfaRequired, SortedMap<KeyRing, Integer> keys)
    implements State {

  public static final StreamDefinition<Platform, PlatformEvent> STREAM =
      new StreamDefinition<>("platform", Platform.class, PlatformEvent.class, Platform::evolve, 2);

  public static final int MAX_NAME = 200;

  public Platform {
    keys = Collections.unmodifiableSortedMap(new TreeMap<>(keys));
  }

  static Platform evolve(@Nullable Platform platform, PlatformEvent event) {
    if (event instanceof PlatformSetUp e) {
      return new Platform(e.id(), e.name(), false, new TreeMap<>());
    }
    Platform was = requireNonNull(platform);
    return switch (event) {
      case PlatformSetUp e -> throw new IllegalStateException("a platform is set up once");
      case PlatformRenamed e -> new Platform(was.id, e.name(), was.mfaRequired, was.keys);
      case PlatformMfaPolicySet e -> new Platform(was.id, was.name, e.required(), was.keys);
      case PlatformKeyRotated e -> was.rotated(e.ring(), e.version());
    };
  }

  /** The version of a key that is in use; the first one was never rotated to. */
  public int version(KeyRing ring) {
    return keys.getOrDefault(ring, 1);
  }

  private Platform rotated(KeyRing ring, int version) {
    var all = new TreeMap<>(keys);
    all.put(ring, version);
    return new Platform(id, name, mfaRequired, all);
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
