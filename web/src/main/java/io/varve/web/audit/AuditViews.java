package io.varve.web.audit;

import io.varve.events.Json;
import io.varve.events.identity.User;
import io.varve.events.personal.Personal;
import io.varve.events.provenance.Actor;
import io.varve.events.provenance.Provenance;
import io.varve.postgres.vault.Vault;
import io.varve.query.QuerySide;
import io.varve.query.audit.AuditEntry;
import io.varve.query.audit.TrailNames.Thing;
import io.varve.web.auth.PlatformTenant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;

/** Shows events to a person: what is sealed is opened, and what is meant is named. */
@Component
final class AuditViews {

  private final QuerySide queries;
  private final Vault vault;
  private final UUID platform;

  AuditViews(QuerySide queries, Vault vault, PlatformTenant platform) {
    this.queries = queries;
    this.vault = vault;
    this.platform = platform.id();
  }

  List<AuditView> of(UUID tenant, List<AuditEntry> entries) {
    Set<Thing> things = things(entries);
    Map<Thing, String> known = queries.trailNames().find(tenant, things);
    Map<Personal, String> opened = new HashMap<>(vault.openAll(tenant, sealed(entries, known)));
    things.removeAll(known.keySet());
    addPeopleFromAbove(tenant, things, known, opened);
    var names = new Names(known, opened);
    return entries.stream().map(entry -> view(entry, names)).toList();
  }

  private static Set<Thing> things(List<AuditEntry> entries) {
    var things = new HashSet<Thing>();
    for (AuditEntry entry : entries) {
      things.add(new Thing(entry.stream(), entry.id()));
      actors(entry).map(Names::thing).forEach(things::add);
    }
    return things;
  }

  private static Stream<Actor> actors(AuditEntry entry) {
    return Stream.of(
            Stream.of(entry.provenance().actor()),
            Stream.ofNullable(entry.provenance().impersonator()))
        .flatMap(s -> s);
  }

  /** Everything personal on a page, to be opened in one round trip. */
  private static List<Personal> sealed(List<AuditEntry> entries, Map<Thing, String> known) {
    List<Personal> sealed = new ArrayList<>(sealed(known));
    for (AuditEntry entry : entries) {
      sealed.addAll(PersonalText.in(entry.payload()));
      sealed.addAll(PersonalText.in(diff(entry)));
      Personal ip = entry.provenance().ip();
      if (ip != null) {
        sealed.add(ip);
      }
    }
    return sealed;
  }

  private static List<Personal> sealed(Map<Thing, String> known) {
    return known.values().stream().filter(Personal::isPersonal).map(Personal::parse).toList();
  }

  /** Administrators act in what they govern, and are users elsewhere. */
  private void addPeopleFromAbove(
      UUID tenant, Set<Thing> missing, Map<Thing, String> known, Map<Personal, String> opened) {
    missing.removeIf(thing -> !thing.stream().equals(User.STREAM.name()));
    if (missing.isEmpty()) {
      return;
    }
    Stream.concat(queries.trailNames().organization(tenant).stream(), Stream.of(platform))
        .filter(home -> !home.equals(tenant))
        .forEach(
            home -> {
              Map<Thing, String> found = queries.trailNames().find(home, missing);
              known.putAll(found);
              opened.putAll(vault.openAll(home, sealed(found)));
            });
  }

  private static AuditView view(AuditEntry entry, Names names) {
    Provenance provenance = entry.provenance();
    Actor impersonator = provenance.impersonator();
    @Nullable Personal ip = provenance.ip();
    JsonNode diff = PersonalText.open(diff(entry), names.opened());
    return new AuditView(
        entry.number(),
        entry.at(),
        entry.stream(),
        entry.id(),
        entry.sequence(),
        entry.eventId(),
        entry.type(),
        entry.revision(),
        new Sentence(names).of(entry, diff),
        names.of(provenance.actor()),
        impersonator == null ? null : names.of(impersonator),
        provenance.via(),
        provenance.reason(),
        provenance.request(),
        provenance.trace(),
        ip == null ? null : names.opened().get(ip),
        PersonalText.open(entry.payload(), names.opened()),
        diff);
  }

  private static JsonNode diff(AuditEntry entry) {
    return Objects.requireNonNull(Json.tree(entry.provenance().diff()));
  }
}
