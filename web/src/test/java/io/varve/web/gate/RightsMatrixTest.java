package io.varve.web.gate;

import static org.assertj.core.api.Assertions.assertThat;

import io.varve.events.access.Permission;
import io.varve.events.access.Role;
import io.varve.web.testing.Api;
import io.varve.web.testing.Api.Answer;
import io.varve.web.testing.Contract;
import io.varve.web.testing.Contract.Operation;
import io.varve.web.testing.Newcomer;
import io.varve.web.testing.TestVarve;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Every operation of the OpenAPI document, asked by every role, in its own, a sibling's and a
 * stranger's home. A new operation is tested by being there. Nothing is ever changed: each write
 * expects a version that nothing has.
 */
class RightsMatrixTest {

  private static final String NEVER = "\"999999\"";
  private static final String HOME = "{home}";

  /** What somebody gets who lacks the right, and nobody else. */
  private static final Set<String> REFUSED = Set.of("forbidden", "not-for-carriers");

  @AutoClose static final TestVarve varve = TestVarve.start();

  private static final Map<Role, Api> people = new EnumMap<>(Role.class);
  private static Contract contract;
  private static long before;

  /** A home of some sort, and the roles whose users reach it. */
  private record Place(String name, Role.Scope scope, String id, Set<Role> reachedBy) {}

  private static final List<Place> places = new ArrayList<>();

  @BeforeAll
  static void twoOrganizationsThreeTenantsAndTwoCarriers() {
    var newcomer = new Newcomer(varve.api());
    contract = new Contract(newcomer.anybody().get("/openapi.json").is(200).json());
    Newcomer.Customer own = newcomer.customer("own");
    String sibling = newcomer.customer("sibling").tenant();
    Api operator = newcomer.operator();
    String other =
        operator
            .post("/api/organizations", Map.of("name", "Other", "kind", "company"))
            .is(201)
            .id();
    String foreign =
        operator
            .post(
                "/api/organizations/" + other + "/tenants",
                Map.of("name", "Foreign", "industry", "retail", "size", "small"))
            .is(201)
            .id();
    String carrier = operator.post("/api/carriers", Map.of("name", "Harbour")).is(201).id();
    String rival = operator.post("/api/carriers", Map.of("name", "Rival")).is(201).id();
    people.put(Role.SUPERADMIN, operator);
    people.put(Role.TENANT_ADMIN, own.admin());
    people.put(Role.TENANT_USER, newcomer.user(own.tenant(), "u@varve.test", "tenant_user"));
    people.put(
        Role.MASTER_ADMIN, newcomer.user(newcomer.organization(), "m@varve.test", "master_admin"));
    people.put(Role.CARRIER_ADMIN, newcomer.user(carrier, "ca@varve.test", "carrier_admin"));
    people.put(Role.CARRIER_USER, newcomer.user(carrier, "cu@varve.test", "carrier_user"));
    Set<Role> above = Set.of(Role.SUPERADMIN, Role.MASTER_ADMIN);
    Set<Role> platform = Set.of(Role.SUPERADMIN);
    places.add(
        new Place(
            "its own tenant",
            Role.Scope.TENANT,
            own.tenant(),
            Set.of(Role.SUPERADMIN, Role.MASTER_ADMIN, Role.TENANT_ADMIN, Role.TENANT_USER)));
    places.add(new Place("a sibling tenant", Role.Scope.TENANT, sibling, above));
    places.add(new Place("a foreign tenant", Role.Scope.TENANT, foreign, platform));
    places.add(
        new Place(
            "the tenant's organization", Role.Scope.ORGANIZATION, newcomer.organization(), above));
    places.add(new Place("another organization", Role.Scope.ORGANIZATION, other, platform));
    places.add(new Place("the carrier", Role.Scope.CARRIER, carrier, platform));
    places.add(new Place("another carrier", Role.Scope.CARRIER, rival, platform));
    before = varve.wantedEvents();
  }

  @AfterAll
  static void nothingWasChanged() {
    assertThat(varve.wantedEvents()).isEqualTo(before);
  }

  @TestFactory
  Stream<DynamicTest> whoeverLacksTheRightIsRefusedAndNobodyElse() {
    return contract.operations().stream()
        .filter(o -> !isOpen(o))
        .map(o -> DynamicTest.dynamicTest(o.toString(), () -> askedByEverybody(o)));
  }

  @TestFactory
  Stream<DynamicTest> whoIsNotSignedInGetsNowhere() {
    return contract.operations().stream()
        .filter(o -> !isOpen(o))
        .map(
            o ->
                DynamicTest.dynamicTest(
                    o.toString(), () -> ask(varve.api(), o, UUID.randomUUID().toString()).is(401)));
  }

  private static void askedByEverybody(Operation operation) {
    for (Map.Entry<Role, Api> person : people.entrySet()) {
      if (!operation.path().contains(HOME)) {
        judge(operation, person.getKey(), true, ask(person.getValue(), operation, ""), "");
        continue;
      }
      for (Place place : places) {
        Answer answer = ask(person.getValue(), operation, place.id());
        boolean reached =
            place.scope() == scope(operation) && place.reachedBy().contains(person.getKey());
        judge(operation, person.getKey(), reached, answer, " in " + place.name());
      }
    }
  }

  private static void judge(
      Operation operation, Role role, boolean reached, Answer answer, String where) {
    String said = role + " asks " + operation + where + ": " + answer.response().body();
    Permission permission = permission(operation);
    if (role.scope() == Role.Scope.CARRIER
        && permission != null
        && !operation.path().startsWith("/api/auth/")
        && !operation.path().startsWith("/api/carrier/")
        && !operation.path().equals("/api/carrier")) {
      assertThat(answer.problem()).as(said).isEqualTo("not-for-carriers");
    } else if (!reached) {
      assertThat(answer.status()).as(said).isEqualTo(404);
    } else if (permission != null && !role.permissions().contains(permission)) {
      assertThat(answer.problem()).as(said).isEqualTo("forbidden");
    } else {
      assertThat(answer.status()).as(said).isNotEqualTo(401).isLessThan(500);
      assertThat(REFUSED).as(said).doesNotContain(answer.problem());
    }
  }

  private static Answer ask(Api who, Operation operation, String home) {
    String path =
        operation.path().replace(HOME, home).replaceAll("\\{[^}]+}", UUID.randomUUID().toString());
    String body = operation.method().equals("GET") ? null : "{}";
    return who.with("If-Match", NEVER).send(operation.method(), path, body);
  }

  private static boolean isOpen(Operation operation) {
    return operation.json().has("security");
  }

  private static @Nullable Permission permission(Operation operation) {
    String text = operation.json().path("x-varve-permission").asString("");
    return text.isEmpty() ? null : Permission.parse(text);
  }

  private static Role.Scope scope(Operation operation) {
    return switch (operation.path().split("/")[2]) {
      case "tenants" -> Role.Scope.TENANT;
      case "organizations" -> Role.Scope.ORGANIZATION;
      case "carriers" -> Role.Scope.CARRIER;
      default -> throw new AssertionError("no home in " + operation);
    };
  }
}
