package io.varve.command.provider;

import io.varve.command.Decided;
import io.varve.command.identity.Rights;
import io.varve.command.stream.StreamAggregate;
import io.varve.events.provider.Provider;
import io.varve.events.provider.ProviderEvent;
import io.varve.events.provider.ProviderEvent.ProviderCredentialSet;
import io.varve.events.provider.ProviderEvent.ProviderDisabled;
import io.varve.events.provider.ProviderEvent.ProviderEnabled;
import io.varve.events.provider.ProviderEvent.ProviderRegistered;
import io.varve.events.provider.ProviderEvent.ProviderRevised;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.modelling.command.AggregateCreationPolicy;
import org.axonframework.modelling.command.AggregateRoot;
import org.axonframework.modelling.command.CreationPolicy;

/**
 * Decides commands on one identity provider. It says who somebody is, so whoever decides where it
 * is asked might be anybody of its home.
 */
@AggregateRoot(type = "provider")
public final class ProviderAggregate extends StreamAggregate<Provider, ProviderEvent> {

  ProviderAggregate() {
    super(Provider.STREAM);
  }

  @CommandHandler
  @CreationPolicy(AggregateCreationPolicy.ALWAYS)
  Decided register(RegisterProvider command) {
    Rights.requireAdministration();
    record(
        new ProviderRegistered(
            command.id(),
            command.name(),
            command.issuer(),
            command.clientId(),
            command.trustedForSecondFactor(),
            command.credential()));
    return decided();
  }

  @CommandHandler
  Decided revise(ReviseProvider command) {
    Rights.requireAdministration();
    record(
        new ProviderRevised(
            command.name(),
            command.issuer(),
            command.clientId(),
            command.trustedForSecondFactor()));
    return decided();
  }

  @CommandHandler
  Decided askWith(SetProviderCredential command) {
    Rights.requireAdministration();
    record(new ProviderCredentialSet(command.credential()));
    return decided();
  }

  @CommandHandler
  Decided disable(DisableProvider command) {
    if (state().status() == Provider.Status.DISABLED) {
      throw new ProviderRefusal.ProviderIsDisabled();
    }
    record(new ProviderDisabled());
    return decided();
  }

  @CommandHandler
  Decided enable(EnableProvider command) {
    Rights.requireAdministration();
    if (state().status() == Provider.Status.ACTIVE) {
      throw new ProviderRefusal.ProviderIsActive();
    }
    record(new ProviderEnabled());
    return decided();
  }
}
