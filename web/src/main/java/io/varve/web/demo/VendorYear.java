package io.varve.web.demo;

import static java.util.Objects.requireNonNull;
import static java.util.Objects.requireNonNullElse;

import io.varve.command.vendor.RegisterVendor;
import io.varve.command.vendor.ReviseVendor;
import io.varve.events.vendor.VendorId;
import io.varve.web.demo.Story.VendorText;
import io.varve.web.demo.Story.VendorTurn;
import java.time.Instant;
import java.time.LocalTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Whom the tenant depends on, and what it decided about them. */
final class VendorYear {

  private static final LocalTime FROM = LocalTime.of(10, 30);

  private final Client client;
  private final Map<String, ReviseVendor> now = new HashMap<>();

  VendorYear(Client client) {
    this.client = client;
  }

  void begin() {
    List<VendorText> vendors = client.story().vendors();
    for (int i = 0; i < vendors.size(); i++) {
      register(vendors.get(i), i);
    }
  }

  private void register(VendorText text, int place) {
    Instant at = client.begun(text.day(), 0, FROM, place);
    var id = new VendorId(client.begin(text.key(), at));
    var owner = client.user(text.owner());
    client.act(
        at,
        client.lead(),
        text.day() == null ? "Onboarding: vendors listed" : "New vendor",
        () -> {
          now.put(
              text.key(),
              new ReviseVendor(
                  id,
                  text.name(),
                  text.category(),
                  text.tier(),
                  owner,
                  text.dataElements(),
                  text.status(),
                  text.decision()));
          return new RegisterVendor(
              id,
              text.name(),
              text.category(),
              text.tier(),
              owner,
              text.dataElements(),
              text.status(),
              text.decision());
        });
  }

  void turn(Instant at, String by, String reason, VendorTurn turn) {
    client.thing(turn.key());
    client.act(
        at,
        by,
        reason,
        () -> {
          ReviseVendor was = requireNonNull(now.get(turn.key()));
          var revised =
              new ReviseVendor(
                  was.id(),
                  was.name(),
                  was.category(),
                  requireNonNullElse(turn.tier(), was.tier()),
                  was.owner(),
                  was.dataElements(),
                  requireNonNullElse(turn.status(), was.status()),
                  turn.decision() == null ? was.decision() : turn.decision());
          now.put(turn.key(), revised);
          return revised;
        });
  }
}
