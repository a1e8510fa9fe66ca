package io.varve.web.key;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.varve.events.access.Permission;
import io.varve.postgres.vault.Pepper;
import io.varve.web.testing.Api;
import io.varve.web.testing.Api.Answer;
import io.varve.web.testing.Contract;
import io.varve.web.testing.Contract.Operation;
import io.varve.web.testing.Newcomer;
import io.varve.web.testing.Newcomer.Customer;
import io.varve.web.testing.TestVarve;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.slf4j.LoggerFactory;

class ApiKeyTest {

  /** What a change of rights may take to bite, on any node. */
  private static final Duration BITE = Duration.ofSeconds(5);

  private static final Map<String, Object> RISK =
      Map.of("title", "R", "category", "c", "likelihood", 1, "impact", 1, "treatment", "accept");

  @AutoClose static final TestVarve varve = TestVarve.start();

  private static final IssuedKeys keys = new IssuedKeys(varve);
  private static final ListAppender<ILoggingEvent> log = new ListAppender<>();
  private static Newcomer newcomer;
  private static Customer acme;
  private static Contract contract;

  @BeforeAll
  static void aCustomer() {
    log.start();
    ((Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME)).addAppender(log);
    newcomer = new Newcomer(varve.api());
    acme = newcomer.customer("acme");
    contract = new Contract(varve.api().get("/openapi.json").is(200).json());
  }

  /** Neither as it is nor as bytes. */
  @AfterAll
  static void noSecretIsInAnyTableOrLog() {
    ((Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME)).detachAppender(log);
    String tables =
        varve.sql(
            """
            select string_agg(format('%I.%I', schemaname, tablename), ',')
              from pg_tables where schemaname in ('ledger', 'read', 'ops')
            """);
    assertThat(tables).contains("ledger.event", "ops.idempotency", "ops.key_secret");
    assertThat(keys.secrets()).isNotEmpty();
    for (String table : tables.split(",")) {
      String rows =
          varve.sql("select coalesce(string_agg(t::text, ' '), '') from %s t".formatted(table));
      for (String secret : keys.secrets()) {
        String hex = HexFormat.of().formatHex(secret.getBytes(StandardCharsets.UTF_8));
        assertThat(rows.contains(secret) || rows.contains(hex)).as(table).isFalse();
      }
    }
    for (ILoggingEvent line : List.copyOf(log.list)) {
      assertThat(keys.secrets()).noneMatch(line.getFormattedMessage()::contains);
    }
  }

  @Test
  void aKeyIsShownOnceAndOnlyItsPrefixCanBeReadLater() {
    Answer issued = acme.admin().post("/api/api-keys", IssuedKeys.wanted("read", "write"));
    contract.check(issued);
    IssuedKey key = keys.of(issued);
    assertThat(key.text()).matches("vrv_[a-z0-9]{10}_[A-Za-z0-9_-]{43}");
    assertThat(issued.header("Location")).isEqualTo("/api/api-keys/" + key.id());
    Answer one =
        acme.admin().with("Varve-Number", issued.number()).get("/api/api-keys/" + key.id()).is(200);
    contract.check(one);
    assertThat(one.json().path("prefix").asString()).isEqualTo(key.prefix());
    assertThat(one.json().path("maker").asString()).isEqualTo(acme.admin().get("/api/me").id());
    assertThat(one.json().path("scopes").toString()).isEqualTo("[\"read\",\"write\"]");
    assertThat(one.json().path("status").asString()).isEqualTo("active");
    assertThat(one.json().has("key") || one.json().has("lastUsed")).isFalse();
    Answer all = acme.admin().get("/api/api-keys").is(200);
    contract.check(all);
    assertThat(all.response().body()).contains(key.prefix());
    Answer other = newcomer.operator().get("/api/tenants/" + acme.tenant() + "/api-keys");
    assertThat(other.is(403).problem()).isEqualTo("forbidden");
  }

  @Test
  void aRepeatedRequestForAKeyIsNotToldItAgain() {
    Api admin = acme.admin().with("Idempotency-Key", "one-key");
    IssuedKey key = keys.of(admin.post("/api/api-keys", IssuedKeys.wanted("read")));
    Answer again = admin.post("/api/api-keys", IssuedKeys.wanted("read")).is(201);
    contract.check(again);
    assertThat(again.header("Idempotency-Replayed")).isEqualTo("true");
    assertThat(again.id()).isEqualTo(key.id());
    assertThat(again.json().has("key")).isFalse();
    key.api().get("/api/risks").is(200);
  }

  @Test
  void whatIsWrongWithAWantedKeyIsNamed() {
    Api admin = acme.admin();
    Answer none = admin.post("/api/api-keys", Map.of("name", "K", "use", "api")).is(422);
    assertThat(none.json().at("/errors/0/pointer").asString()).isEqualTo("/scopes");
    var expired = new HashMap<>(IssuedKeys.wanted("read"));
    expired.put("expires", Instant.now().minusSeconds(1).toString());
    Answer past = admin.post("/api/api-keys", expired).is(422);
    assertThat(past.json().at("/errors/0/code").asString()).isEqualTo("past");
  }

  @Test
  void aKeyDoesWhatItsScopesSayAndNothingElse() {
    Api read = keys.api(acme.admin(), "read").api();
    Api write = keys.api(acme.admin(), "write").api();
    Api admin = keys.api(acme.admin(), "admin").api();
    for (Api each : List.of(read, write, admin)) {
      each.get("/api/risks").is(200);
      assertThat(each.post("/api/users", Map.of()).is(403).problem()).isEqualTo("forbidden");
      assertThat(each.get("/api/me").is(403).problem()).isEqualTo("only-for-users");
    }
    assertThat(read.post("/api/risks", RISK).is(403).problem()).isEqualTo("forbidden");
    assertThat(write.get("/api/users").is(403).problem()).isEqualTo("forbidden");
    write.post("/api/risks", RISK).is(201);
    admin.post("/api/risks", RISK).is(201);
    admin.get("/api/users").is(200);
    admin.get("/api/api-keys").is(200);
  }

  @Test
  void aKeyHasNoMoreThanItsMaker() {
    Customer other = newcomer.customer("other");
    Api admin = keys.api(acme.admin(), "admin").api();
    admin.get("/api/tenants/" + other.tenant() + "/risks").is(404);
    admin.get("/api/organizations").is(403);
    admin.get("/api/tenants/" + acme.tenant() + "/risks").is(200);
  }

  @TestFactory
  Stream<DynamicTest> nothingThatDecidesOverRightsAndSecretsTakesAKey() {
    Api key = keys.api(acme.admin(), "admin").api();
    return contract.operations().stream()
        .filter(o -> isSensitive(o))
        .map(
            o ->
                DynamicTest.dynamicTest(
                    o.toString(),
                    () -> {
                      Answer answer = key.with("If-Match", "*").send(o.method(), path(o), "{}");
                      assertThat(answer.status()).as(answer.response().body()).isEqualTo(status(o));
                    }));
  }

  private static boolean isSensitive(Operation operation) {
    return Permission.named(operation.json().path("x-varve-permission").asString(""))
        .filter(permission -> permission.kind() == Permission.Kind.SENSITIVE)
        .isPresent();
  }

  private static String path(Operation operation) {
    return operation
        .path()
        .replace("{home}", acme.tenant())
        .replaceAll("\\{[^}]+}", UUID.randomUUID().toString());
  }

  /** What a tenant's administrator does not reach at all is not there. */
  private static int status(Operation operation) {
    return operation.path().matches("/api/(organizations|carriers)/\\{home}.*") ? 404 : 403;
  }

  @Test
  void onlyTheAuthorizationHeaderTakesAKeyAndEveryWrongOneGetsTheSameAnswer() {
    IssuedKey key = keys.api(acme.admin(), "read");
    Api anybody = varve.api();
    for (Answer answer :
        List.of(
            anybody.get("/api/risks?access_token=" + key.text()),
            anybody.with("X-Api-Key", key.text()).get("/api/risks"),
            anybody.with("Cookie", "varve-refresh=" + key.text()).get("/api/risks"),
            anybody.with("Authorization", "Basic " + key.text()).get("/api/risks"),
            anybody.as(key.text() + "x").get("/api/risks"),
            anybody.as("vrv_" + key.prefix()).get("/api/risks"),
            anybody.as("vrv_" + key.prefix() + "_" + "A".repeat(43)).get("/api/risks"),
            anybody.as("vrv_zzzzzzzzzz_" + "A".repeat(43)).get("/api/risks"))) {
      assertThat(answer.is(401).problem()).isEqualTo("unauthenticated");
    }
    key.api().get("/api/risks").is(200);
  }

  @Test
  void theTrailNamesTheKeyAndItsMakersAddress() {
    IssuedKey key = keys.api(acme.admin(), "write");
    String risk = key.api().post("/api/risks", RISK).is(201).id();
    Answer trail = acme.admin().get("/api/audit?id=" + risk).is(200);
    assertThat(trail.json().at("/items/0/actor/kind").asString()).isEqualTo("api-key");
    assertThat(trail.json().at("/items/0/actor/id").asString()).isEqualTo(key.id());
    assertThat(trail.json().at("/items/0/ip").asString()).isEqualTo("127.0.0.1");
  }

  @Test
  void aRevokedKeyOpensNothingOnAnyNodeWithinMomentsAndItsUseIsNoted() {
    IssuedKey key = keys.api(acme.admin(), "read");
    try (TestVarve second = varve.another()) {
      Api there = second.api().as(key.text());
      there.get("/api/risks").is(200);
      key.api().get("/api/risks").is(200);
      acme.admin().post("/api/api-keys/" + key.id() + "/revoke").is(200);
      await().atMost(BITE).until(() -> there.get("/api/risks").status() == 401);
      await().atMost(BITE).until(() -> key.api().get("/api/risks").status() == 401);
      assertThat(there.get("/api/risks").is(401).problem()).isEqualTo("api-key-over");
    }
    assertThat(notices(key, "revoked")).isEqualTo("1");
    assertThat(acme.admin().post("/api/api-keys/" + key.id() + "/revoke").is(409).problem())
        .isEqualTo("api-key-revoked");
  }

  @Test
  void anExpiredKeyOpensNothingAndItsUseIsNoted() {
    var wanted = new HashMap<>(IssuedKeys.wanted("read"));
    wanted.put("expires", Instant.now().plusSeconds(3).toString());
    IssuedKey key = keys.of(acme.admin().post("/api/api-keys", wanted));
    key.api().get("/api/risks").is(200);
    await().atMost(BITE).until(() -> key.api().get("/api/risks").status() == 401);
    assertThat(notices(key, "expired")).isEqualTo("1");
  }

  private static String notices(IssuedKey key, String reason) {
    return varve.sql(
        """
        select count(*) from ledger.event
         where type = 'notice.key-refused' and payload ->> 'key' = '%s' and payload ->> 'reason' = '%s'
           and tenant_id = '%s' and provenance ->> 'ip' is not null
        """
            .formatted(key.id(), reason, acme.tenant()));
  }

  @Test
  void aKeyLosesWhatItsMakerLosesWithinMoments() {
    Api bob = newcomer.user(acme.tenant(), "bob@varve.test", "tenant_admin");
    String user = "/api/users/" + bob.get("/api/me").is(200).id();
    Api key = keys.api(bob, "admin").api();
    key.post("/api/risks", RISK).is(201);
    acme.admin()
        .put(user, "*", Map.of("name", "Bob", "email", "bob@varve.test", "role", "tenant_user"))
        .is(200);
    await().atMost(BITE).until(() -> key.post("/api/risks", RISK).status() == 403);
    key.get("/api/risks").is(200);
    acme.admin().post(user + "/disable").is(200);
    await().atMost(BITE).until(() -> key.get("/api/risks").status() == 401);
    acme.admin().post(user + "/enable").is(200);
    await().atMost(BITE).until(() -> key.get("/api/risks").status() == 200);
  }

  @Test
  void theLastUseIsWrittenDownAtMostOnceInFiveMinutesAndIsNoEvent() {
    IssuedKey key = keys.api(acme.admin(), "read");
    long before = varve.wantedEvents();
    key.api().get("/api/risks").is(200);
    String first = lastUse(key);
    key.api().get("/api/risks").is(200);
    assertThat(lastUse(key)).isEqualTo(first);
    String seen = acme.admin().get("/api/api-keys/" + key.id()).json().path("lastUsed").asString();
    assertThat(Instant.parse(seen)).isBetween(Instant.now().minusSeconds(60), Instant.now());
    varve.sql(
        "update ops.key_secret set last_used = last_used - interval '6 minutes' where id = '%s' returning id"
            .formatted(key.id()));
    String earlier = lastUse(key);
    key.api().get("/api/risks").is(200);
    assertThat(lastUse(key)).isGreaterThan(earlier);
    assertThat(varve.wantedEvents()).isEqualTo(before);
  }

  private static String lastUse(IssuedKey key) {
    return varve.sql("select last_used from ops.key_secret where id = '%s'".formatted(key.id()));
  }

  @Test
  void underANewPepperOldKeysWorkAndAreHashedAnewSoThatTheOldOneCanGo() throws Exception {
    try (TestVarve other = TestVarve.start()) {
      var made = new IssuedKeys(other);
      Api admin = new Newcomer(other.api()).customer("acme").admin();
      IssuedKey old = made.api(admin, "read");
      old.api().get("/api/risks").is(200);
      Path file = other.folder().secretFile(Pepper.NAME);
      Pepper.files(file).add();
      await().until(() -> other.bean(Pepper.class).version() == 2);
      assertThat(version(other, old)).isEqualTo("1");
      old.api().get("/api/risks").is(200);
      assertThat(version(other, old)).isEqualTo("2");
      IssuedKey anew = made.api(admin, "read");
      assertThat(version(other, anew)).isEqualTo("2");
      Files.delete(file);
      old.api().get("/api/risks").is(200);
      anew.api().get("/api/risks").is(200);
      try (TestVarve later = other.another()) {
        later.api().as(old.text()).get("/api/risks").is(200);
      }
    }
  }

  private static String version(TestVarve varve, IssuedKey key) {
    return varve.sql(
        "select pepper_version from ops.key_secret where id = '%s'".formatted(key.id()));
  }
}
