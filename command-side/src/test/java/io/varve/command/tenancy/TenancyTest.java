package io.varve.command.tenancy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.varve.command.risk.ReviseRisk;
import io.varve.command.testing.Examples;
import io.varve.command.testing.Node;
import io.varve.events.access.Caller;
import io.varve.events.access.Permission;
import io.varve.events.access.Role;
import io.varve.events.diff.Change;
import io.varve.events.identity.User;
import io.varve.events.identity.UserId;
import io.varve.events.risk.RiskId;
import io.varve.events.risk.Treatment;
import io.varve.events.tenancy.Carrier;
import io.varve.events.tenancy.CarrierId;
import io.varve.events.tenancy.KeyRing;
import io.varve.events.tenancy.Organization;
import io.varve.events.tenancy.OrganizationId;
import io.varve.events.tenancy.Platform;
import io.varve.events.tenancy.PlatformId;
import io.varve.events.tenancy.Tenant;
import io.varve.events.tenancy.TenantId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

class TenancyTest {

  @AutoClose static final Node node = Node.start();

  private final OrganizationId organization = new OrganizationId(UUID.randomUUID());
  private final Caller inOrganization = Node.caller(organization.value());
  private final TenantId tenant = new TenantId(UUID.randomUUID());
  private final Caller inTenant = Node.caller(tenant.value());

  @Test
  void ofManyWhoSetUpThePlatformAtOnceOneSucceedsAndItsOperatorIsTheOnlyOne() throws Exception {
    try (Node fresh = Node.start();
        var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Caller caller = Node.caller(fresh.platform());
      var platform = new PlatformId(fresh.platform());
      List<Future<String>> answers = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        var operator = new UserId(UUID.randomUUID());
        var setUp =
            new SetUpPlatform(
                platform,
                "Varve",
                operator,
                Node.sealed(operator.value(), 1),
                Node.sealed(operator.value(), 2),
                Examples.hash("operator@example.com"),
                UUID.randomUUID());
        answers.add(threads.submit(() -> fresh.answer(caller, setUp)));
      }
      List<String> all = new ArrayList<>();
      for (Future<String> answer : answers) {
        all.add(answer.get());
      }
      assertThat(all).containsOnlyOnce("-");
      assertThat(fresh.ledger().events())
          .extracting(event -> event.type())
          .containsExactly("platform.set-up", "user.registered");
      User operator = User.STREAM.evolve(null, fresh.ledger().events().get(1).event());
      assertThat(operator.role()).isEqualTo(Role.SUPERADMIN);
      assertThat(operator.home()).isEqualTo(fresh.platform());
      fresh.send(caller, new SetPlatformMfaPolicy(platform, true));
      fresh.send(caller, new RenamePlatform(platform, "Strata"));
      assertThat(fresh.ledger().state(Platform.STREAM, platform))
          .isEqualTo(new Platform(platform, "Strata", true, new TreeMap<>()));
      fresh.send(
          caller,
          Examples.user(new UserId(UUID.randomUUID()), "second@example.com", Role.SUPERADMIN));
    }
  }

  @Test
  void aRotatedKeyIsWrittenDownOnceHoweverManyNodesSeeIt() throws Exception {
    try (Node fresh = Node.start();
        Node other = fresh.another();
        var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var platform = new PlatformId(fresh.platform());
      Caller varve = Node.caller(fresh.platform(), Set.of(Permission.SECURITY_NOTE));
      var rotation = new RecordKeyRotation(platform, KeyRing.KEY_ENCRYPTION_KEY, 2);
      assertThat(fresh.answer(varve, rotation)).isEqualTo("not-found");
      var operator = new UserId(UUID.randomUUID());
      fresh.send(
          Node.caller(fresh.platform()),
          new SetUpPlatform(
              platform,
              "Varve",
              operator,
              Node.sealed(operator.value(), 1),
              Node.sealed(operator.value(), 2),
              Examples.hash("operator@example.com"),
              UUID.randomUUID()));
      List<Future<String>> answers = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        Node node = i % 2 == 0 ? fresh : other;
        answers.add(threads.submit(() -> node.answer(varve, rotation)));
      }
      for (Future<String> answer : answers) {
        assertThat(answer.get()).isEqualTo("-");
      }
      fresh.send(varve, new RecordKeyRotation(platform, KeyRing.KEY_ENCRYPTION_KEY, 4));
      other.send(varve, new RecordKeyRotation(platform, KeyRing.KEY_ENCRYPTION_KEY, 3));
      other.send(varve, new RecordKeyRotation(platform, KeyRing.API_KEYS, 1));
      assertThat(fresh.ledger().events(platform))
          .extracting(event -> event.type())
          .containsExactly("platform.set-up", "platform.key-rotated", "platform.key-rotated");
      assertThat(fresh.ledger().state(Platform.STREAM, platform).keys())
          .isEqualTo(Map.of(KeyRing.KEY_ENCRYPTION_KEY, 4));
      assertThat(fresh.ledger().events(platform).getLast().provenance().diff().changes())
          .extracting(Change::path)
          .containsExactly("/keys/key-encryption-key");
      assertThat(fresh.answer(Node.caller(fresh.platform(), Set.of()), rotation))
          .isEqualTo("forbidden");
    }
  }

  @Test
  void anOrganizationsEventsAreItsOwn() {
    node.send(inOrganization, Examples.organization(organization));
    node.send(
        inOrganization,
        new ReviseOrganization(organization, "Acme Group", Organization.Kind.PARTNER));
    assertThat(node.ledger().events(organization))
        .allSatisfy(event -> assertThat(event.tenant()).isEqualTo(organization.value()))
        .extracting(event -> event.type())
        .containsExactly("organization.created", "organization.described");
  }

  @Test
  void aCarriersEventsAreItsOwn() {
    var carrier = new CarrierId(UUID.randomUUID());
    Caller inCarrier = Node.caller(carrier.value());
    node.send(inCarrier, new CreateCarrier(carrier, "Harbour Mutual"));
    node.send(inCarrier, new RenameCarrier(carrier, "Harbour"));
    assertThat(node.ledger().events(carrier))
        .allSatisfy(event -> assertThat(event.tenant()).isEqualTo(carrier.value()))
        .extracting(event -> event.type())
        .containsExactly("carrier.created", "carrier.renamed");
    node.send(
        inCarrier,
        Examples.user(new UserId(UUID.randomUUID()), "admin@" + carrier, Role.CARRIER_ADMIN));
    assertThatIllegalStateException()
        .isThrownBy(() -> node.send(inOrganization, new CreateCarrier(carrier, "Theirs")));
  }

  @Test
  void eachHomeSaysWhetherASecondFactorIsNeededThere() {
    var carrier = new CarrierId(UUID.randomUUID());
    Caller inCarrier = Node.caller(carrier.value());
    node.send(inCarrier, new CreateCarrier(carrier, "Harbour Mutual"));
    node.send(inCarrier, new SetCarrierMfaPolicy(carrier, true));
    assertThat(node.ledger().state(Carrier.STREAM, carrier).mfaRequired()).isTrue();
    node.send(inOrganization, Examples.organization(organization));
    node.send(inOrganization, new SetOrganizationMfaPolicy(organization, true));
    node.send(inOrganization, new ReviseOrganization(organization, "A", Organization.Kind.COMPANY));
    assertThat(node.ledger().state(Organization.STREAM, organization).mfaRequired()).isTrue();
    node.send(inTenant, Examples.tenant(tenant, organization));
    node.send(inTenant, new SetTenantMfaPolicy(tenant, true));
    node.send(inTenant, new SetTenantMfaPolicy(tenant, true));
    node.send(inTenant, new SetTenantMfaPolicy(tenant, false));
    assertThat(node.ledger().types(tenant))
        .containsExactly("tenant.created", "tenant.mfa-policy-set", "tenant.mfa-policy-set");
  }

  @Test
  void aCallerMovesIntoWhatItCreatesWithTheRightsItHasThere() {
    Caller operator = Node.caller(node.platform());
    assertThatIllegalStateException()
        .isThrownBy(() -> node.send(operator, Examples.organization(organization)));
    Caller without = operator.within(organization.value(), Set.of(), Set.of());
    assertThat(node.answer(without, Examples.organization(organization))).isEqualTo("forbidden");
    node.send(
        operator.within(organization.value(), Set.of(Permission.ORGANIZATION_WRITE), Set.of()),
        Examples.organization(organization));
    var provenance = node.ledger().events(organization).getFirst().provenance();
    assertThat(provenance.actor()).isEqualTo(operator.actor());
  }

  @Test
  void aTenantBelongsToAnOrganizationThatIsThere() {
    assertThat(node.violations(inTenant, Examples.tenant(tenant, organization)))
        .containsExactly("/organization no-such-organization");
    node.send(inOrganization, Examples.organization(organization));
    node.send(inTenant, Examples.tenant(tenant, organization));
    node.send(inTenant, new ReviseTenant(tenant, "Acme Asia", "retail", Tenant.Size.LARGE));
    assertThat(node.ledger().state(Tenant.STREAM, tenant).organization()).isEqualTo(organization);
  }

  @Test
  void nothingIsWrittenInARetiredTenantOnAnyNode() {
    node.send(inOrganization, Examples.organization(organization));
    node.send(inTenant, Examples.tenant(tenant, organization));
    var risk = new RiskId(UUID.randomUUID());
    try (Node other = node.another()) {
      other.send(inTenant, Examples.risk(risk));
      node.send(inTenant, new RetireTenant(tenant));
      for (Node each : List.of(node, other)) {
        assertThat(each.answer(inTenant, new RetireTenant(tenant))).isEqualTo("tenant-retired");
        assertThat(each.answer(inTenant, Examples.risk(new RiskId(UUID.randomUUID()))))
            .isEqualTo("tenant-retired");
        assertThat(each.answer(inTenant, revised(risk))).isEqualTo("tenant-retired");
      }
      node.send(
          inOrganization, new ReviseOrganization(organization, "A", Organization.Kind.COMPANY));
    }
    assertThat(node.ledger().events())
        .filteredOn(event -> event.tenant().equals(tenant.value()))
        .extracting(event -> event.type())
        .containsExactly("tenant.created", "risk.identified", "tenant.retired");
  }

  @Test
  void whoWritesWhileATenantIsRetiredIsEitherBeforeItOrRefused() throws Exception {
    node.send(inOrganization, Examples.organization(organization));
    node.send(inTenant, Examples.tenant(tenant, organization));
    try (Node other = node.another();
        var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<String>> writers = new ArrayList<>();
      for (int i = 0; i < 64; i++) {
        Node writer = i % 2 == 0 ? node : other;
        writers.add(
            threads.submit(
                () -> writer.answer(inTenant, Examples.risk(new RiskId(UUID.randomUUID())))));
        if (i == 32) {
          writers.add(threads.submit(() -> other.answer(inTenant, new RetireTenant(tenant))));
        }
      }
      int accepted = 0;
      for (Future<String> writer : writers) {
        assertThat(writer.get()).isIn("-", "tenant-retired");
        accepted += writer.get().equals("-") ? 1 : 0;
      }
      var events =
          node.ledger().events().stream()
              .filter(event -> event.tenant().equals(tenant.value()))
              .toList();
      assertThat(events).hasSize(1 + accepted);
      assertThat(events.getLast().type()).isEqualTo("tenant.retired");
    }
  }

  private static ReviseRisk revised(RiskId risk) {
    return new ReviseRisk(
        risk, "Other", "", "malware", null, 1, 1, Treatment.AVOID, Examples.setOf());
  }
}
