package io.varve.command.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.varve.command.testing.Examples;
import io.varve.command.testing.Node;
import io.varve.events.Json;
import io.varve.events.access.Caller;
import io.varve.events.access.Permission;
import io.varve.events.source.Config;
import io.varve.events.source.Schedule;
import io.varve.events.source.Source;
import io.varve.events.source.SourceId;
import io.varve.events.vendor.VendorId;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

class SourceAggregateTest {

  @AutoClose static final Node node = Node.start();

  private final Caller caller = Node.caller();
  private final SourceId id = new SourceId(UUID.randomUUID());

  @Test
  void aSourceBeginsActiveAndWithoutACredential() {
    node.send(caller, Examples.source(id));
    Source source = node.ledger().state(Source.STREAM, id);
    assertThat(source.state()).isEqualTo(Source.Activity.ACTIVE);
    assertThat(source.credential()).isNull();
    assertThat(node.ledger().types(id)).containsExactly("source.registered");
  }

  @Test
  void aCredentialIsAReferenceThatIsReplacedOrTakenAway() {
    UUID first = UUID.randomUUID();
    UUID second = UUID.randomUUID();
    node.send(
        caller,
        new RegisterSource(
            id,
            "Feed",
            Source.Kind.EXTERNAL_PUSH,
            null,
            null,
            Source.Auth.API_KEY,
            Schedule.HOURLY,
            Config.empty(),
            first));
    node.send(caller, new SetSourceCredential(id, second));
    assertThat(node.ledger().state(Source.STREAM, id).credential()).isEqualTo(second);
    node.send(caller, new SetSourceCredential(id, null));
    assertThat(node.ledger().types(id))
        .containsExactly(
            "source.registered",
            "source.credential-set",
            "source.credential-set",
            "source.credential-set");
  }

  @Test
  void aCredentialNeedsAPermissionOfItsOwn() {
    Caller writer = Node.caller(caller.tenant(), Set.of(Permission.SOURCE_WRITE));
    node.send(writer, Examples.source(id));
    assertThat(node.answer(writer, new SetSourceCredential(id, UUID.randomUUID())))
        .isEqualTo("forbidden");
    var withCredential =
        new RegisterSource(
            new SourceId(UUID.randomUUID()),
            "Feed",
            Source.Kind.EXTERNAL_PUSH,
            null,
            null,
            Source.Auth.API_KEY,
            Schedule.HOURLY,
            Config.empty(),
            UUID.randomUUID());
    assertThat(node.answer(writer, withCredential)).isEqualTo("forbidden");
    node.send(caller, withCredential);
    node.send(
        Node.caller(caller.tenant(), Set.of(Permission.CREDENTIAL_WRITE)),
        new SetSourceCredential(id, UUID.randomUUID()));
  }

  @Test
  void whenItsFieldsAreRevisedThenEachGroupOfFieldsIsAnEvent() {
    node.send(caller, Examples.source(id));
    var vendor = new VendorId(UUID.randomUUID());
    node.send(caller, Examples.vendor(vendor));
    node.send(caller, revised("Other", vendor, "https://other.example", Schedule.WEEKLY));
    node.send(caller, revised("Other", vendor, "https://other.example", Schedule.WEEKLY));
    assertThat(node.ledger().types(id))
        .containsExactly(
            "source.registered", "source.described", "source.configured", "source.rescheduled");
  }

  @Test
  void onlyAnActiveSourceIsPausedAndOnlyAPausedOneResumed() {
    node.send(caller, Examples.source(id));
    assertThat(node.answer(caller, new ResumeSource(id))).isEqualTo("source-active");
    node.send(caller, new PauseSource(id));
    assertThat(node.answer(caller, new PauseSource(id))).isEqualTo("source-paused");
    node.send(caller, new ResumeSource(id));
    assertThat(node.ledger().state(Source.STREAM, id).state()).isEqualTo(Source.Activity.ACTIVE);
  }

  @Test
  void aConnectorNeedsAnEndpointForAsLongAsItIsOne() {
    var without =
        new RegisterSource(
            id,
            "Scanner",
            Source.Kind.CONNECTOR,
            null,
            null,
            Source.Auth.NONE,
            Schedule.DAILY,
            Config.empty(),
            null);
    assertThat(node.violations(caller, without)).containsExactly("/endpoint required");
    node.send(caller, Examples.source(id));
    assertThat(node.violations(caller, revised("Scanner", null, null, Schedule.DAILY)))
        .containsExactly("/endpoint required");
  }

  @Test
  void aSecretIsRefusedWhereAnybodyCouldReadIt() {
    node.send(caller, Examples.source(id));
    var withUser = revised("Scanner", null, "https://user:pw@scanner.example", Schedule.DAILY);
    assertThat(node.violations(caller, withUser)).containsExactly("/endpoint not-a-url");
    var inConfig =
        new ReviseSource(
            id,
            "Scanner",
            null,
            "https://scanner.example",
            Source.Auth.BASIC,
            Schedule.DAILY,
            Json.read("{\"api_token\": \"x\"}", Config.class));
    assertThat(node.violations(caller, inConfig)).containsExactly("/config/api_token secret");
  }

  @Test
  void itsVendorIsOneOfTheTenant() {
    var foreign = new VendorId(UUID.randomUUID());
    node.send(Node.caller(), Examples.vendor(foreign));
    node.send(caller, Examples.source(id));
    assertThat(
            node.violations(
                caller, revised("Scanner", foreign, "https://other.example", Schedule.DAILY)))
        .containsExactly("/vendor no-such-vendor");
    assertThat(node.ledger().types(id)).containsExactly("source.registered");
  }

  private ReviseSource revised(
      String name, @Nullable VendorId vendor, @Nullable String endpoint, Schedule schedule) {
    return new ReviseSource(
        id, name, vendor, endpoint, Source.Auth.BEARER, schedule, Config.empty());
  }
}
