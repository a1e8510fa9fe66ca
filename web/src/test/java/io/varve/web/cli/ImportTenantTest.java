package io.varve.web.cli;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.varve.command.ledger.ImportRefusedException;
import io.varve.command.ledger.TenantImport;
import io.varve.command.ledger.TenantImport.Imported;
import io.varve.events.export.Export;
import io.varve.events.export.ExportId;
import io.varve.events.export.ExportScope;
import io.varve.events.provenance.Actor;
import io.varve.evidence.bundle.BundleVerifier;
import io.varve.evidence.bundle.Progress;
import io.varve.evidence.bundle.VerifiedBundle;
import io.varve.evidence.checkpoint.Checkpoint;
import io.varve.evidence.merkle.Proofs;
import io.varve.evidence.note.NoteKey;
import io.varve.evidence.note.NoteSigner;
import io.varve.postgres.ConnectionSettings;
import io.varve.postgres.Database;
import io.varve.postgres.cluster.Connections;
import io.varve.postgres.cluster.DataFolder;
import io.varve.postgres.cluster.EmbeddedCluster;
import io.varve.postgres.cluster.OwnedDatabase;
import io.varve.postgres.testing.Sql;
import io.varve.postgres.testing.TestDatabase;
import io.varve.projections.seal.SealKeys;
import io.varve.projections.verify.LedgerVerification;
import io.varve.projections.verify.OutsideCheckpoints;
import io.varve.projections.verify.Verdict;
import io.varve.query.QuerySide;
import io.varve.query.export.BundleMaking;
import io.varve.web.testing.Api;
import io.varve.web.testing.Newcomer;
import io.varve.web.testing.Newcomer.Customer;
import io.varve.web.testing.TestVarve;
import io.varve.web.testing.VarveProcess;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** A tenant moves from one installation to another, with nothing but its bundle. */
class ImportTenantTest {

  private static final Duration LONG = Duration.ofSeconds(60);

  private static final String WRITTEN =
      """
      select concat_ws(' ', (select position from ledger.head), (select count(*) from ledger.event),
                       (select count(*) from ledger.claim), (select count(*) from ledger.counter))
      """;

  private static final String IMPORTING =
      """
      select count(*) from pg_stat_activity
       where query like 'insert into ledger.counter (tenant_id, number, closed)%' and state = 'active'
      """;

  @AutoClose
  private static final TestVarve source = TestVarve.start(Map.of("varve.seal.pause", "200ms"));

  @TempDir private static Path bundles;

  private static Newcomer newcomer;
  private static Customer acme;
  private static Path bundle;
  private static Path part;

  private final TestDatabase empty = TestDatabase.migrated();
  private final Database database = new Database(empty.login(), 2);

  @TempDir private Path folder;

  @BeforeAll
  static void aTenantIsExported() throws IOException {
    newcomer = new Newcomer(source.api());
    acme = newcomer.customer("acme");
    Api admin = acme.admin();
    String sensor =
        admin
            .post(
                "/api/sources",
                Map.of("name", "sensor", "kind", "external-push", "schedule", "daily"))
            .is(201)
            .id();
    for (String slug : List.of("backup_age", "open_ports")) {
      admin
          .post(
              "/api/kris",
              Map.of(
                  "slug",
                  slug,
                  "name",
                  slug,
                  "unit",
                  "days",
                  "source",
                  sensor,
                  "warn",
                  2,
                  "critical",
                  7,
                  "direction",
                  "higher-is-worse"))
          .is(201);
    }
    for (int risk = 0; risk < 5; risk++) {
      admin
          .post(
              "/api/risks",
              Map.of(
                  "title",
                  "=risk \u00e9 " + risk,
                  "description",
                  "",
                  "category",
                  "operations",
                  "likelihood",
                  3,
                  "impact",
                  5,
                  "treatment",
                  "mitigate",
                  "controls",
                  List.of()))
          .is(201);
    }
    newcomer.user(acme.tenant(), "plain@varve.test", "tenant_user");
    admin.post("/api/groups", Map.of("name", "Owners", "externalId", "dir-1")).is(201);
    admin
        .post(
            "/api/holds",
            Map.of(
                "matter", "2026-CV-1",
                "reason", "subpoena",
                "scope", Map.of("streams", List.of("risk"))))
        .is(201);
    part =
        exported(
            Map.of(
                "purpose",
                "risks",
                "personal",
                "opened",
                "scope",
                Map.of("search", Map.of("stream", "risk"))));
    bundle = exported(Map.of("purpose", "moving house"));
  }

  @AfterEach
  void drop() {
    database.close();
    empty.close();
  }

  @Test
  void aTenantIsAfterwardsWhatItWasAndIsSealedAnew() throws Exception {
    try (TestVarve target = TestVarve.start(Map.of("varve.seal.pause", "200ms"))) {
      Newcomer there = new Newcomer(target.api());
      long before = target.events();
      Checkpoint original;
      try (VerifiedBundle opened = open(bundle)) {
        original = opened.checkpoint();
        assertThat(into(target.bean(Database.class), opened))
            .isEqualTo(new Imported(before + 1, before + original.size()));
      }
      long imported = original.size();
      await()
          .atMost(LONG)
          .until(
              () ->
                  target.sql(
                      "select count(*) from read.audit_index where tenant_id = '%s'"
                          .formatted(acme.tenant())),
              rows -> Long.parseLong(rows) >= imported);
      assertThat(events(target::sql, imported)).isEqualTo(events(source::sql, imported));
      assertThat(documents(target))
          .isEqualTo(documents(source))
          .contains("2026-CV-1", "open_ports");
      assertThat(claims(target::sql)).isEqualTo(claims(source::sql));
      Api admin = there.user(acme.tenant(), "anew@varve.test", "tenant_admin");
      assertThat(trail(admin, imported)).isEqualTo(trail(acme.admin(), imported));
      JsonNode users = admin.get("/api/users").is(200).json().get("items");
      assertThat(users.valueStream().filter(user -> user.path("email").isString())).hasSize(1);
      assertThat(users).hasSize(3);
      String old =
          users
              .valueStream()
              .filter(user -> user.path("role").asString().equals("tenant_user"))
              .map(user -> user.get("id").asString())
              .findFirst()
              .orElseThrow();
      assertBundlesAreLeftBehind(admin, old);
      assertIsSetUpAgain(target, admin, old);
      assertSealed(target, original);

      UUID tenant = UUID.fromString(acme.tenant());
      try (VerifiedBundle again = open(bundle)) {
        assertThatThrownBy(() -> into(target.bean(Database.class), again))
            .isInstanceOf(ImportRefusedException.class)
            .hasMessage("the tenant %s is there already".formatted(tenant));
      }
    }
  }

  private static void assertBundlesAreLeftBehind(Api admin, String subject) {
    String export = part.getFileName().toString().replace(".zip", "");
    assertThat(admin.bytes("/api/exports/" + export + "/bundle").statusCode()).isEqualTo(410);
    admin
        .post(
            "/api/erasures", Map.of("subject", subject, "legalBasis", "Article 17", "dryRun", true))
        .is(200);
  }

  /**
   * What is told of a person anew opens; what was told before stays sealed, and is in nobody's way.
   */
  private static void assertIsSetUpAgain(TestVarve target, Api admin, String user) {
    String path = "/api/users/" + user;
    admin
        .put(path, "*", Map.of("name", "Pat", "email", "plain@varve.test", "role", "tenant_user"))
        .is(200);
    Api.Answer given =
        admin.put(path + "/password", "*", Map.of("password", Newcomer.PASSWORD)).is(200);
    target.api().signedIn("plain@varve.test", Newcomer.PASSWORD).get("/api/me").is(200);
    Api now = admin.with("Varve-Number", given.number());
    assertThat(now.get(path).is(200).json().get("email").asString()).isEqualTo("plain@varve.test");
    JsonNode trail =
        now.get("/api/audit?id=%s&order=oldest-first".formatted(user)).is(200).json().get("items");
    assertThat(trail.at("/0/type").asString()).isEqualTo("user.registered");
    assertThat(trail.at("/0/payload/email").isString()).isFalse();
    assertThat(trail.valueStream().map(event -> event.at("/payload/email").asString("")))
        .contains("plain@varve.test");
  }

  private static void assertSealed(TestVarve target, Checkpoint original) {
    UUID tenant = UUID.fromString(acme.tenant());
    BundleMaking making = target.bean(BundleMaking.class);
    await().atMost(LONG).until(() -> making.sealed(tenant) >= original.size());
    assertThat(Proofs.root(target.bean(QuerySide.class).seals().nodes(tenant), original.size()))
        .isEqualTo(original.root());
    Verdict verdict =
        new LedgerVerification(
                target.bean(Database.class), OutsideCheckpoints.NONE, (phase, done, total) -> {})
            .verify(null, true);
    assertThat(verdict.fault()).isEmpty();
    assertThat(verdict.sealed()).isGreaterThan(original.size());
    assertThat(verdict.streams()).isPositive();
  }

  @Test
  void aRetiredTenantStaysClosed() throws Exception {
    Customer gone = newcomer.customer("gone");
    UUID tenant = UUID.fromString(gone.tenant());
    newcomer.operator().post("/api/tenants/" + gone.tenant() + "/retire").is(200);
    long events =
        Long.parseLong(
            source.sql("select number from ledger.counter where tenant_id = '" + tenant + "'"));
    BundleMaking making = source.bean(BundleMaking.class);
    await().atMost(LONG).until(() -> making.sealed(tenant) == events);
    Path file = folder.resolve("gone.zip");
    SealKeys keys = source.bean(SealKeys.class);
    making.make(tenant, asked(), Instant.EPOCH, null, file, keys::signer, (done, of) -> {});

    try (VerifiedBundle opened = open(file)) {
      into(database, opened);
    }
    assertThat(one("select closed from ledger.counter")).isEqualTo("t");
    assertThat(one("select count(*) from ledger.event")).isEqualTo(Long.toString(events));
  }

  @Test
  void aValueThatIsTakenInThePlatformIsRefusedAndNothingIsWritten() throws Exception {
    String email =
        source.sql(
            "select min(value) from ledger.claim where kind = 'user.email' and holder_tenant = '%s'"
                .formatted(acme.tenant()));
    Sql.run(
        empty.superuser(),
        "insert into ledger.claim select platform_id, 'user.email', '%s', uuidv7(), uuidv7() from ledger.head"
            .formatted(email));
    String before = written();

    try (VerifiedBundle opened = open(bundle)) {
      assertThatThrownBy(() -> into(database, opened))
          .isInstanceOf(ImportRefusedException.class)
          .hasMessage("a value that must be unique (user.email) is taken here");
    }
    assertThat(written()).isEqualTo(before);
  }

  @Test
  void aBundleThatIsChangedBetweenVerifyingAndImportingIsFoundOut() throws Exception {
    Path file = Files.copy(bundle, folder.resolve("changing.zip"));
    String before = written();
    try (VerifiedBundle opened = open(file)) {
      byte[] bytes = Files.readAllBytes(file);
      bytes[new String(bytes, ISO_8859_1).indexOf("operations")] ^= 1;
      Files.write(file, bytes);

      assertThatThrownBy(() -> into(database, opened))
          .hasMessageContaining("events.ndjson was changed after it was verified");
    }
    assertThat(written()).isEqualTo(before);
  }

  @Test
  void whoIsKilledInTheMiddleLeavesNothingAndWhoTriesAgainBesideARunningVarveHasAll()
      throws Exception {
    Path data = folder.resolve("data");
    Process up = start("up", "up", "--port", "0", "--data", data.toString());
    try {
      await().atMost(90, SECONDS).until(() -> out("up").contains("\n") || !up.isAlive());
      Newcomer there = new Newcomer(Api.at(out("up").strip().replaceFirst(".* ", "")));
      ConnectionSettings superuser =
          OwnedDatabase.in(EmbeddedCluster.superuserIn(data).orElseThrow(), "varve");
      killedInTheMiddle(superuser, data);
      Process done = start("done", arguments(data, bundle, "--tenant", acme.tenant()));
      assertThat(done.waitFor(120, SECONDS)).isTrue();

      assertThat(err("done")).isEmpty();
      assertThat(done.exitValue()).isZero();
      Checkpoint original = checkpoint();
      assertThat(out("done"))
          .contains(
              "Imported: %d events of the tenant %s".formatted(original.size(), acme.tenant()))
          .contains(original.text());
      Api admin = there.user(acme.tenant(), "anew@varve.test", "tenant_admin");
      await()
          .atMost(LONG)
          .until(() -> admin.get("/api/risks").is(200).json().get("items").size() == 5);
    } finally {
      up.destroy();
      assertThat(up.waitFor(30, SECONDS)).isTrue();
    }
  }

  private void killedInTheMiddle(ConnectionSettings superuser, Path data) throws Exception {
    String before = Sql.one(superuser, WRITTEN);
    try (Connection inTheWay = Connections.open(superuser);
        Statement statement = inTheWay.createStatement()) {
      inTheWay.setAutoCommit(false);
      statement.execute(
          "insert into ledger.counter (tenant_id, number) values ('%s', 1)"
              .formatted(acme.tenant()));
      Process killed = start("killed", arguments(data, bundle));
      await()
          .atMost(LONG)
          .pollInterval(Duration.ofMillis(20))
          .until(() -> "1".equals(Sql.one(superuser, IMPORTING + " and wait_event_type = 'Lock'")));
      killed.destroyForcibly();
      assertThat(killed.waitFor(30, SECONDS)).isTrue();
    }
    await().atMost(LONG).until(() -> "0".equals(Sql.one(superuser, IMPORTING)));
    assertThat(Sql.one(superuser, WRITTEN)).isEqualTo(before);
  }

  /** A bundle, what else is said, and what is answered. */
  record Bad(String name, Content content, String sentence, List<String> arguments) {

    Bad(String name, Content content, String sentence, String... arguments) {
      this(name, content, sentence, List.of(arguments));
    }

    interface Content {
      byte[] bytes() throws IOException;
    }

    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<Bad> bad() {
    return Stream.of(
        new Bad("nothing", () -> new byte[0], "it is not verified: "),
        new Bad("truncated", () -> Arrays.copyOf(good(), good().length / 2), "is cut off within"),
        new Bad("tampered", ImportTenantTest::tampered, "it is not verified: "),
        new Bad("bomb", ImportTenantTest::bomb, "it is not verified: "),
        new Bad("traversing", ImportTenantTest::traversing, "it is not verified: "),
        new Bad("part", () -> Files.readAllBytes(part), "it is of a part of the trail: "),
        new Bad(
            "another tenant",
            ImportTenantTest::good,
            "the bundle is of the tenant ",
            "--tenant",
            new UUID(0, 1).toString()),
        new Bad("no key", ImportTenantTest::good, "--key is no key: ", "--key", "a+b+c"),
        new Bad(
            "another key", ImportTenantTest::good, "it is not verified: ", "--key", otherKey()));
  }

  @ParameterizedTest
  @MethodSource("bad")
  void whatIsNoGoodBundleIsOneSentenceAndNothingIsWritten(Bad bad) throws Exception {
    Path file = Files.write(folder.resolve("bad.zip"), bad.content().bytes());
    Path data = folder.resolve("data");
    Files.createDirectories(DataFolder.secrets(data));
    Process process =
        start(bad.name(), arguments(data, file, bad.arguments().toArray(String[]::new)));
    assertThat(process.waitFor(60, SECONDS)).isTrue();

    assertThat(err(bad.name())).contains(bad.sentence()).endsWith(".\n").hasLineCount(1);
    assertThat(out(bad.name())).isEmpty();
    assertThat(process.exitValue()).isEqualTo(1);
    assertThat(DataFolder.postgres(data)).doesNotExist();
  }

  /** A key that was never the source's, under its name. */
  private static String otherKey() {
    try {
      return new NoteSigner(
              NoteKey.parse(key()).name(),
              KeyPairGenerator.getInstance("Ed25519").generateKeyPair())
          .key()
          .vkey();
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private static byte[] good() throws IOException {
    return Files.readAllBytes(bundle);
  }

  private static byte[] tampered() throws IOException {
    byte[] bytes = good();
    bytes[new String(bytes, ISO_8859_1).indexOf("operations")] ^= 1;
    return bytes;
  }

  private static byte[] bomb() throws IOException {
    var bytes = new ByteArrayOutputStream();
    try (var zip = new ZipOutputStream(bytes)) {
      zip.putNextEntry(new ZipEntry("events.ndjson"));
      byte[] zeros = new byte[1 << 20];
      for (int i = 0; i < 64; i++) {
        zip.write(zeros);
      }
      zip.closeEntry();
    }
    return bytes.toByteArray();
  }

  private static byte[] traversing() throws IOException {
    var bytes = new ByteArrayOutputStream();
    try (var zip = new ZipOutputStream(bytes)) {
      zip.putNextEntry(new ZipEntry("../../../../tmp/varve-was-here"));
      zip.write("x".getBytes(UTF_8));
      zip.closeEntry();
    }
    return bytes.toByteArray();
  }

  private static Path exported(Map<String, Object> wanted) throws IOException {
    String id = acme.admin().post("/api/exports", wanted).is(201).id();
    await()
        .atMost(LONG)
        .until(
            () -> acme.admin().get("/api/exports/" + id).is(200).json().get("status").asString(),
            "completed"::equals);
    return Files.write(
        bundles.resolve(id + ".zip"), acme.admin().bytes("/api/exports/" + id + "/bundle").body());
  }

  private static Export asked() {
    return new Export(
        new ExportId(UUID.randomUUID()),
        ExportScope.TENANT,
        "the end",
        Export.Personal.SEALED,
        Actor.user(UUID.randomUUID()),
        Export.Status.REQUESTED,
        null,
        null,
        new TreeSet<>(),
        0);
  }

  private static String key() {
    return source.sql("select key from ledger.seal_key order by version limit 1");
  }

  private static VerifiedBundle open(Path file) throws IOException {
    return new BundleVerifier(NoteKey.parse(key()), null).open(file, Progress.NONE);
  }

  private static Checkpoint checkpoint() throws IOException {
    try (VerifiedBundle opened = open(bundle)) {
      return opened.checkpoint();
    }
  }

  private static Imported into(Database database, VerifiedBundle opened) {
    return new TenantImport(database, Clock.systemUTC()).run(opened, (done, of) -> {});
  }

  private interface Asked {
    String one(String sql);
  }

  /** All that is sealed of them, as text. */
  private static String events(Asked asked, long upTo) {
    return asked.one(
        """
        select string_agg(concat_ws(' ', number, stream, id, sequence, event_id, type, revision, at, actor_kind, actor_id,
                                    impersonator_kind, impersonator_id, request, payload, provenance), E'\\n' order by number)
          from ledger.event where tenant_id = '%s' and number <= %d
        """
            .formatted(acme.tenant(), upTo));
  }

  /** Those of exports differ by what became of the exports since. */
  private static String claims(Asked asked) {
    return asked.one(
        """
        select string_agg(concat_ws(' ', c.tenant_id = h.platform_id, kind, value, holder_id), E'\\n' order by kind, value)
          from ledger.claim c, ledger.head h where holder_tenant = '%s' and kind not like 'export.%%' and kind <> 'tenant.imported'
        """
            .formatted(acme.tenant()));
  }

  private static String documents(TestVarve varve) {
    var all = new StringBuilder();
    String tables =
        varve.sql(
            """
            select string_agg(table_name, ',' order by table_name) from information_schema.columns
             where table_schema = 'read' and column_name = 'doc' and table_name <> 'export'
            """);
    for (String table : tables.split(",")) {
      all.append(
          varve.sql(
              """
              select '%1$s: ' || coalesce(string_agg(concat_ws(' ', id, sequence, number, created, at, doc), E'\\n' order by id), '')
                from read."%1$s" where tenant_id = '%2$s'
              """
                  .formatted(table, acme.tenant())));
    }
    return all.toString();
  }

  /** What one can read of the trail, but for what only keys of the source can tell. */
  private static List<JsonNode> trail(Api admin, long upTo) {
    var found = new ArrayList<JsonNode>();
    String path = "/api/audit?limit=200&order=oldest-first";
    String next = path;
    while (next != null) {
      JsonNode page = admin.get(next).is(200).json();
      for (JsonNode item : page.get("items")) {
        if (item.get("number").longValue() <= upTo) {
          var plain = (ObjectNode) item;
          plain.remove(List.of("sentence", "actor", "impersonator", "ip"));
          if (!List.of("risk", "kri", "source").contains(item.get("stream").asString())) {
            plain.remove(List.of("payload", "diff"));
          }
          found.add(plain);
        }
      }
      next = page.has("next") ? path + "&cursor=" + page.get("next").asString() : null;
    }
    assertThat(found).hasSize((int) upTo);
    return found;
  }

  private String written() throws SQLException {
    return one(WRITTEN);
  }

  private String one(String sql) throws SQLException {
    return String.valueOf(Sql.one(empty.superuser(), sql));
  }

  private static String[] arguments(Path data, Path file, String... more) {
    var all = new ArrayList<>(List.of("import", file.toString(), "--data", data.toString()));
    all.addAll(List.of(more));
    if (!all.contains("--key")) {
      all.addAll(List.of("--key", key()));
    }
    return all.toArray(String[]::new);
  }

  private Process start(String name, String... arguments) throws IOException {
    return VarveProcess.start(Files.createDirectories(folder.resolve(name)), Map.of(), arguments);
  }

  private String out(String name) throws IOException {
    return Files.readString(folder.resolve(name).resolve("out"));
  }

  private String err(String name) throws IOException {
    return Files.readString(folder.resolve(name).resolve("err"));
  }
}
