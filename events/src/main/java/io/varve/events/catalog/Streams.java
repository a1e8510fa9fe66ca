package io.varve.events.catalog;

import io.varve.events.StreamDefinition;
import io.varve.events.risk.Risk;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Every kind of stream. A new kind of thing is added here, and only here, to be known everywhere.
 */
public final class Streams {

  private static final List<StreamDefinition<?, ?>> ALL = List.of(Risk.STREAM);

  private static final Map<String, StreamDefinition<?, ?>> BY_NAME =
      ALL.stream().collect(Collectors.toMap(StreamDefinition::name, Function.identity()));

  private Streams() {}

  public static List<StreamDefinition<?, ?>> all() {
    return ALL;
  }

  public static Optional<StreamDefinition<?, ?>> named(String name) {
    return Optional.ofNullable(BY_NAME.get(name));
  }
}
