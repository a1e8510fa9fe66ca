package io.varve.command.tenancy;

import io.varve.command.Decided;
import io.varve.command.identity.UserAggregate;
import io.varve.command.stream.StreamAggregate;
import io.varve.events.tenancy.Platform;
import io.varve.events.tenancy.PlatformEvent;
import io.varve.events.tenancy.PlatformEvent.PlatformKeyRotated;
import io.varve.events.tenancy.PlatformEvent.PlatformMfaPolicySet;
import io.varve.events.tenancy.PlatformEvent.PlatformRenamed;
import io.varve.events.tenancy.PlatformEvent.PlatformSetUp;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.modelling.command.AggregateCreationPolicy;
import org.axonframework.modelling.command.AggregateLifecycle;
import org.axonframework.modelling.command.AggregateRoot;
import org.axonframework.modelling.command.CreationPolicy;

/** Decides commands on the platform. */
@AggregateRoot(type = "platform")
public final class PlatformAggregate extends StreamAggregate<Platform, PlatformEvent> {

  PlatformAggregate() {
    super(Platform.STREAM);
  }

  @CommandHandler
  @CreationPolicy(AggregateCreationPolicy.ALWAYS)
  Decided setUp(SetUpPlatform command) throws Exception {
    OwnTenant.require(command.id());
    record(new PlatformSetUp(command.id(), command.name()));
    AggregateLifecycle.createNew(
        UserAggregate.class,
        () ->
            UserAggregate.firstOperator(
                command.id(),
                command.operator(),
                command.operatorName(),
                command.email(),
                command.emailHash(),
                command.credential()));
    return decided();
  }

  @CommandHandler
  Decided rename(RenamePlatform command) {
    record(new PlatformRenamed(command.name()));
    return decided();
  }

  @CommandHandler
  Decided setMfaPolicy(SetPlatformMfaPolicy command) {
    record(new PlatformMfaPolicySet(command.required()));
    return decided();
  }

  @CommandHandler
  Decided recordKeyRotation(RecordKeyRotation command) {
    if (command.version() > state().version(command.ring())) {
      record(new PlatformKeyRotated(command.ring(), command.version()));
    }
    return decided();
  }
}
