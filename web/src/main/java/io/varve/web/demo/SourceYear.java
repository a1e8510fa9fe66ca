package io.varve.web.demo;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.varve.command.source.PauseSource;
import io.varve.command.source.RegisterSource;
import io.varve.command.source.ResumeSource;
import io.varve.command.source.SetSourceCredential;
import io.varve.events.source.Source;
import io.varve.events.source.SourceId;
import io.varve.events.vendor.VendorId;
import io.varve.web.demo.Story.SourceText;
import io.varve.web.demo.Story.SourceTurn;
import java.time.Instant;
import java.time.LocalTime;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Where the tenant's values come from. */
final class SourceYear {

  private static final LocalTime FROM = LocalTime.of(13, 0);

  private final Client client;

  SourceYear(Client client) {
    this.client = client;
  }

  void begin() {
    List<SourceText> sources = client.story().sources();
    for (int i = 0; i < sources.size(); i++) {
      register(sources.get(i), i);
    }
  }

  private void register(SourceText text, int place) {
    Instant at = client.settingUp(0, FROM, place);
    var id = new SourceId(client.begin(text.key(), at));
    @Nullable VendorId vendor =
        text.vendor() == null ? null : new VendorId(client.thing(text.vendor()));
    client.act(
        at,
        client.analyst(),
        "Onboarding: telemetry connected",
        () ->
            new RegisterSource(
                id,
                text.name(),
                text.kind(),
                vendor,
                text.endpoint(),
                text.auth(),
                text.schedule(),
                text.config(),
                text.auth() == Source.Auth.NONE ? null : secret()));
  }

  void turn(Instant at, String by, String reason, SourceTurn turn) {
    var id = new SourceId(client.thing(turn.key()));
    Boolean active = turn.active();
    client.act(
        at,
        by,
        reason,
        () -> {
          if (active == null) {
            return new SetSourceCredential(id, secret());
          }
          return active ? new ResumeSource(id) : new PauseSource(id);
        });
  }

  /** A secret that opens nothing. */
  private UUID secret() {
    return client.vault().keep(client.tenant(), ("demo-" + UUID.randomUUID()).getBytes(US_ASCII));
  }
}
