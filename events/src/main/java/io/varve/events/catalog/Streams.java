package io.varve.events.catalog;

import io.varve.events.State;
import io.varve.events.StreamDefinition;
import io.varve.events.control.Control;
import io.varve.events.erasure.Erasure;
import io.varve.events.export.Export;
import io.varve.events.hold.Hold;
import io.varve.events.identity.CustomRole;
import io.varve.events.identity.Group;
import io.varve.events.identity.Impersonation;
import io.varve.events.identity.User;
import io.varve.events.key.ApiKey;
import io.varve.events.kri.Kri;
import io.varve.events.notice.Notice;
import io.varve.events.outcome.Outcome;
import io.varve.events.provider.Provider;
import io.varve.events.risk.Risk;
import io.varve.events.session.Session;
import io.varve.events.source.Source;
import io.varve.events.tenancy.Carrier;
import io.varve.events.tenancy.Organization;
import io.varve.events.tenancy.Platform;
import io.varve.events.tenancy.Tenant;
import io.varve.events.vendor.Vendor;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Every kind of stream. A new kind of thing is added here, and only here, to be known everywhere.
 */
public final class Streams {

  private static final List<StreamDefinition<?, ?>> ALL =
      List.of(
          Platform.STREAM,
          Organization.STREAM,
          Carrier.STREAM,
          Tenant.STREAM,
          User.STREAM,
          CustomRole.STREAM,
          Group.STREAM,
          Impersonation.STREAM,
          Source.STREAM,
          Kri.STREAM,
          Control.STREAM,
          Risk.STREAM,
          Outcome.STREAM,
          Vendor.STREAM,
          Session.STREAM,
          ApiKey.STREAM,
          Provider.STREAM,
          Notice.STREAM,
          Hold.STREAM,
          Erasure.STREAM,
          Export.STREAM);

  private static final Map<String, StreamDefinition<?, ?>> BY_NAME =
      ALL.stream().collect(Collectors.toMap(StreamDefinition::name, Function.identity()));

  private Streams() {}

  public static List<StreamDefinition<?, ?>> all() {
    return ALL;
  }

  public static Optional<StreamDefinition<?, ?>> named(String name) {
    return Optional.ofNullable(BY_NAME.get(name));
  }

  /**
   * The stream that a state is of.
   *
   * @throws IllegalArgumentException if it is of none
   */
  public static StreamDefinition<?, ?> of(State state) {
    return ALL.stream()
        .filter(stream -> stream.stateType().isInstance(state))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("no stream has such a state"));
  }
}
