package io.varve.command.stream;

import io.varve.command.StreamCommand;
import io.varve.events.access.Caller;
import org.axonframework.commandhandling.CommandMessage;
import org.axonframework.modelling.command.CommandTargetResolver;
import org.axonframework.modelling.command.VersionedAggregateIdentifier;

/** A command's target is the stream it names, in the tenant of its caller and in no other. */
final class StreamTargetResolver implements CommandTargetResolver {

  @Override
  public VersionedAggregateIdentifier resolveTarget(CommandMessage<?> message) {
    var command = (StreamCommand) message.getPayload();
    return new VersionedAggregateIdentifier(
        new StreamKey(Caller.current().tenant(), command.id().value()), null);
  }
}
