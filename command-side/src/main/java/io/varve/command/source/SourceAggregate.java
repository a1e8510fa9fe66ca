package io.varve.command.source;

import io.varve.command.Decided;
import io.varve.command.Links;
import io.varve.command.stream.StreamAggregate;
import io.varve.events.access.Caller;
import io.varve.events.access.Permission;
import io.varve.events.source.Source;
import io.varve.events.source.SourceEvent;
import io.varve.events.source.SourceEvent.SourceConfigured;
import io.varve.events.source.SourceEvent.SourceCredentialSet;
import io.varve.events.source.SourceEvent.SourceDescribed;
import io.varve.events.source.SourceEvent.SourcePaused;
import io.varve.events.source.SourceEvent.SourceRegistered;
import io.varve.events.source.SourceEvent.SourceRescheduled;
import io.varve.events.source.SourceEvent.SourceResumed;
import io.varve.events.vendor.Vendor;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.modelling.command.AggregateCreationPolicy;
import org.axonframework.modelling.command.AggregateRoot;
import org.axonframework.modelling.command.CreationPolicy;

/** Decides commands on one source. */
@AggregateRoot(type = "source")
public final class SourceAggregate extends StreamAggregate<Source, SourceEvent> {

  SourceAggregate() {
    super(Source.STREAM);
  }

  @CommandHandler
  @CreationPolicy(AggregateCreationPolicy.ALWAYS)
  Decided register(RegisterSource command, Links links) {
    if (command.credential() != null) {
      Caller.current().require(Permission.CREDENTIAL_WRITE);
    }
    links.wanted().one("/vendor", Vendor.STREAM, null, command.vendor()).require();
    record(
        new SourceRegistered(
            command.id(),
            command.name(),
            command.kind(),
            command.vendor(),
            command.endpoint(),
            command.auth(),
            command.schedule(),
            command.config()));
    record(new SourceCredentialSet(command.credential()));
    return decided();
  }

  @CommandHandler
  Decided revise(ReviseSource command, Links links) {
    links.wanted().one("/vendor", Vendor.STREAM, state().vendor(), command.vendor()).require();
    record(new SourceDescribed(command.name(), command.vendor()));
    record(new SourceConfigured(command.endpoint(), command.auth(), command.config()));
    record(new SourceRescheduled(command.schedule()));
    return decided();
  }

  @CommandHandler
  Decided signIn(SetSourceCredential command) {
    record(new SourceCredentialSet(command.credential()));
    return decided();
  }

  @CommandHandler
  Decided pause(PauseSource command) {
    if (state().state() == Source.Activity.PAUSED) {
      throw new SourceRefusal.SourceIsPaused();
    }
    record(new SourcePaused());
    return decided();
  }

  @CommandHandler
  Decided resume(ResumeSource command) {
    if (state().state() == Source.Activity.ACTIVE) {
      throw new SourceRefusal.SourceIsActive();
    }
    record(new SourceResumed());
    return decided();
  }
}
