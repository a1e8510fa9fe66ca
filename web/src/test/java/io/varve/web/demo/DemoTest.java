package io.varve.web.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.varve.events.Json;
import io.varve.events.access.Role;
import io.varve.postgres.Database;
import io.varve.web.mfa.Totp;
import io.varve.web.testing.Api;
import io.varve.web.testing.TestVarve;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import org.apache.commons.codec.binary.Base32;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The demo is laid down once; the tests look at what is there then. */
class DemoTest {

  private static final String URL = "http://localhost:8080";
  private static TestVarve varve;
  private static List<Account> accounts;

  @BeforeAll
  static void layDown() throws InterruptedException {
    varve = TestVarve.start();
    accounts = varve.bean(DemoInstallation.class).ensure(URL).orElseThrow();
  }

  @AfterAll
  static void stop() {
    varve.close();
  }

  @Test
  void itIsAYearOfAboutTwentyThousandEvents() {
    assertThat(varve.events()).isBetween(15_000L, 25_000L);
    assertThat(varve.sql("select max(at) - min(at) >= interval '360 days' from ledger.event"))
        .isEqualTo("t");
    assertThat(
            varve.sql(
                "select max(at) between now() - interval '1 day' and now() from ledger.event"))
        .isEqualTo("t");
    assertThat(
            varve.sql(
                """
                select count(*) from (
                  select at < lag(at) over (order by position) as backwards from ledger.event
                ) e where backwards
                """))
        .isEqualTo("0");
  }

  @Test
  void thereAreThreeTenantsAndTheirEventsAreInterleaved() {
    assertThat(varve.sql("select count(*) from ledger.event where type = 'tenant.created'"))
        .isEqualTo("3");
    assertThat(
            varve.sql(
                """
                select count(*) > 1000 from (
                  select tenant_id <> lag(tenant_id) over (order by position) as other
                    from ledger.event
                ) e where other
                """))
        .isEqualTo("t");
  }

  @Test
  void mostEventTypesComeUp() {
    assertThat(varve.sql("select count(distinct type) >= 25 from ledger.event")).isEqualTo("t");
  }

  @Test
  void someValuesAreToldLate() {
    assertThat(
            varve.sql(
                """
                select count(*) > 100 from ledger.event
                 where type = 'kri.observed'
                   and (payload ->> 'observedAt')::timestamptz < at - interval '20 hours'
                """))
        .isEqualTo("t");
  }

  @Test
  void everySlugOfATenantIsUnique() {
    assertThat(
            varve.sql(
                """
                select count(*) = count(distinct (tenant_id, payload ->> 'slug')) and count(*) > 60
                  from ledger.event where type = 'kri.defined'
                """))
        .isEqualTo("t");
  }

  @Test
  void foldingItsEventsAndApplyingTheirDiffsAgree() {
    var law = new DiffLaw(varve.bean(Database.class)).check();
    assertThat(law.violations()).isEmpty();
    assertThat(law.events()).isEqualTo(varve.events());
  }

  @Test
  void someoneOfEveryRoleCanSignIn() {
    var roles = EnumSet.allOf(Role.class);
    for (Account account : accounts) {
      if (roles.remove(account.role())) {
        Api api = varve.api().signedIn(account.email(), account.password());
        assertThat(api.get("/api/me").is(200).json().path("role").asString())
            .isEqualTo(account.role().text());
      }
    }
    assertThat(roles).isEmpty();
  }

  @Test
  void whoeverHasASecondFactorSignsInWithTheSecretThatIsTold() {
    List<Account> secured =
        accounts.stream().filter(account -> account.totpSecret() != null).toList();
    assertThat(secured)
        .extracting(Account::role)
        .containsExactlyInAnyOrder(Role.SUPERADMIN, Role.MASTER_ADMIN);
    for (Account account : secured) {
      Api api = varve.api().signedIn(account.email(), account.password());
      api.get("/api/users").is(403);
      byte[] secret = new Base32().decode(account.totpSecret());
      Map<String, String> code = Map.of("code", Totp.code(secret, Instant.now()));
      String token =
          api.post("/api/auth/mfa/verify", code).is(200).json().path("accessToken").asString();
      api.as(token).get("/api/users").is(200);
    }
  }

  @Test
  void whoCanSignInStandsInAFileThatOnlyItsOwnerMayRead() throws Exception {
    Path file = varve.folder().root().resolve("demo.json");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    var told = Json.read(Files.readString(file), DemoInstallation.Description.class);
    assertThat(told.users()).isEqualTo(accounts);
    assertThat(accounts)
        .allSatisfy(account -> assertThat(account.password()).hasSizeGreaterThanOrEqualTo(16));
    assertThat(accounts).extracting(Account::password).doesNotHaveDuplicates();
  }

  @Test
  void whereItIsThereAlreadyNothingIsLaidDown() throws Exception {
    long before = varve.events();
    assertThat(varve.bean(DemoInstallation.class).ensure(URL)).contains(accounts);
    assertThat(varve.events()).isEqualTo(before);
  }

  @Test
  void aLedgerInUseIsLeftAlone() throws Exception {
    try (TestVarve inUse = TestVarve.start()) {
      inUse
          .api()
          .post(
              "/api/auth/setup",
              Map.of(
                  "name", "Ann", "email", "ann@example.com", "password", "correct horse battery"))
          .is(201);
      long before = inUse.events();
      assertThat(inUse.bean(DemoInstallation.class).ensure(URL)).isEmpty();
      assertThat(inUse.events()).isEqualTo(before);
      assertThat(inUse.folder().root().resolve("demo.json")).doesNotExist();
    }
  }
}
