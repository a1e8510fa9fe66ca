package io.varve.command.provider;

import static org.assertj.core.api.Assertions.assertThat;

import io.varve.command.testing.Node;
import io.varve.events.access.Caller;
import io.varve.events.access.Permission;
import io.varve.events.provider.Provider;
import io.varve.events.provider.ProviderId;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

class ProviderAggregateTest {

  private static final String ISSUER = "https://login.example/realms/acme";

  @AutoClose static final Node node = Node.start();

  private final Caller caller = Node.caller();
  private final ProviderId id = new ProviderId(UUID.randomUUID());

  @Test
  void aProviderBeginsActiveWithItsSecretInTheVault() {
    UUID credential = UUID.randomUUID();
    node.send(caller, new RegisterProvider(id, "Acme", ISSUER, "varve", false, credential));
    Provider provider = node.ledger().state(Provider.STREAM, id);
    assertThat(provider.status()).isEqualTo(Provider.Status.ACTIVE);
    assertThat(provider.credential()).isEqualTo(credential);
    node.send(caller, new SetProviderCredential(id, null));
    assertThat(node.ledger().state(Provider.STREAM, id).credential()).isNull();
  }

  @Test
  void whenItsFieldsStayAsTheyAreThenRevisingIsNoEvent() {
    node.send(caller, registered(id, "Acme", ISSUER));
    assertThat(node.send(caller, new ReviseProvider(id, "Acme", ISSUER, "varve", false)).number())
        .isZero();
    node.send(caller, new ReviseProvider(id, "Acme", ISSUER, "varve-risk", false));
    assertThat(node.ledger().types(id)).containsExactly("provider.registered", "provider.revised");
  }

  @Test
  void aNameIsOneProvidersInItsHomeInWhateverCase() {
    node.send(caller, registered(id, "Acme", ISSUER));
    var second = registered(new ProviderId(UUID.randomUUID()), " aCME", ISSUER);
    assertThat(node.answer(caller, second)).isEqualTo("value-taken");
    node.send(Node.caller(), second);
  }

  @Test
  void anIssuerIsAnHttpsUrlThatNamesTheProviderAndNothingMore() {
    for (String wrong :
        List.of(
            "http://login.example",
            "https://user:pw@login.example",
            "https://login.example?realm=acme",
            "https://login.example#acme",
            "https:///realms",
            "ftp://login.example",
            "http://127.0.0.1.example",
            "login.example",
            "https://login.example/a b")) {
      assertThat(node.violations(caller, registered(id, "Acme", wrong)))
          .as(wrong)
          .containsExactly("/issuer not-an-issuer");
    }
    assertThat(node.violations(caller, registered(id, "Acme", "https://" + "a".repeat(500))))
        .containsExactly("/issuer too-long");
  }

  @Test
  void onTheSameHostAnIssuerMayDoWithoutTls() {
    for (String issuer :
        List.of("http://localhost:8080", "http://127.0.0.1/realms/a", "http://[::1]:8080")) {
      node.send(caller, registered(new ProviderId(UUID.randomUUID()), issuer, issuer));
    }
  }

  @Test
  void onlyAnActiveProviderIsDisabledAndOnlyADisabledOneEnabled() {
    node.send(caller, registered(id, "Acme", ISSUER));
    assertThat(node.answer(caller, new EnableProvider(id))).isEqualTo("provider-active");
    node.send(caller, new DisableProvider(id));
    assertThat(node.answer(caller, new DisableProvider(id))).isEqualTo("provider-disabled");
    node.send(caller, new EnableProvider(id));
    assertThat(node.ledger().state(Provider.STREAM, id).status()).isEqualTo(Provider.Status.ACTIVE);
  }

  @Test
  void whoMayNotGiveAllThatAnAdministratorHasSaysNothingOfWhoSomebodyIs() {
    node.send(caller, registered(id, "Acme", ISSUER));
    Caller lesser =
        caller.within(
            caller.tenant(), Set.of(Permission.PROVIDER_WRITE), Set.of(Permission.PROVIDER_WRITE));
    var another = registered(new ProviderId(UUID.randomUUID()), "Another", ISSUER);
    assertThat(node.answer(lesser, another)).isEqualTo("escalation");
    assertThat(node.answer(lesser, new ReviseProvider(id, "Acme", ISSUER, "varve", true)))
        .isEqualTo("escalation");
    assertThat(node.answer(lesser, new SetProviderCredential(id, null))).isEqualTo("escalation");
    node.send(lesser, new DisableProvider(id));
    assertThat(node.answer(lesser, new EnableProvider(id))).isEqualTo("escalation");
  }

  private static RegisterProvider registered(ProviderId id, String name, String issuer) {
    return new RegisterProvider(id, name, issuer, "varve", false, null);
  }
}
