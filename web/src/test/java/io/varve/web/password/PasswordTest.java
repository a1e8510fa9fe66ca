package io.varve.web.password;

import static io.varve.web.testing.Newcomer.PASSWORD;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.GreenMailUtil;
import com.icegreen.greenmail.util.ServerSetup;
import io.varve.web.testing.Api;
import io.varve.web.testing.Api.Answer;
import io.varve.web.testing.Contract;
import io.varve.web.testing.Newcomer;
import io.varve.web.testing.SetClock;
import io.varve.web.testing.TestVarve;
import jakarta.mail.Message.RecipientType;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PasswordTest {

  private static final String OTHER = "a much better staple";
  private static final String URL = "https://varve.example";
  private static final Pattern LINK =
      Pattern.compile(Pattern.quote(URL) + "/set-password#token=([\\w-]+)");
  private static final SetClock CLOCK = new SetClock(Instant.parse("2030-01-01T00:00:00Z"));
  private static final GreenMail MAIL =
      new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));

  private static TestVarve varve;

  /** A client whose every answer is as the OpenAPI document says. */
  private static Api anybody;

  private static String acme;
  private static String foreign;

  @BeforeAll
  static void start() {
    MAIL.start();
    varve =
        TestVarve.start(
            CLOCK,
            Map.of(
                "varve.mail.host",
                "127.0.0.1",
                "varve.mail.port",
                MAIL.getSmtp().getPort(),
                "varve.mail.security",
                "none",
                "varve.public-url",
                URL + "/"));
    var contract = new Contract(varve.api().get("/openapi.json").is(200).json());
    anybody = varve.api().watchedBy(contract::check);
    var newcomer = new Newcomer(varve.api());
    acme = newcomer.customer("acme").tenant();
    foreign = newcomer.customer("foreign").tenant();
  }

  @AfterAll
  static void stop() {
    varve.close();
    MAIL.stop();
  }

  @Test
  void whoIsInvitedSetsAPasswordByTheLinkThatWasSent() {
    String id = invited("ivy");
    String token = letter("ivy", 1);
    anybody().post("/api/auth/login", login("ivy", OTHER)).is(401);
    set(token, OTHER).is(204);
    assertThat(signIn("ivy", OTHER).get("/api/me").is(200).id()).isEqualTo(id);
    assertThat(set(token, OTHER).is(409).problem()).isEqualTo("link-unusable");
    assertThat(events(id)).contains("user.link-sent", "user.password-set");
  }

  @Test
  void aLinkOfAnInvitationWorksForThreeDays() {
    String id = invited("slow");
    String token = letter("slow", 1);
    CLOCK.advance(Duration.ofDays(3));
    set(token, OTHER).is(409);
    admin().post("/api/users/" + id + "/invite").is(200);
    String another = letter("slow", 2);
    CLOCK.advance(Duration.ofDays(3).minusSeconds(1));
    set(another, OTHER).is(204);
  }

  @Test
  void aNewLinkTakesThePlaceOfTheOneBefore() {
    String id = invited("twice");
    String first = letter("twice", 1);
    admin().post("/api/users/" + id + "/invite").is(200);
    String second = letter("twice", 2);
    assertThat(set(first, OTHER).is(409).problem()).isEqualTo("link-unusable");
    set(second, OTHER).is(204);
  }

  @Test
  void ofManyWhoComeWithOneLinkAtOnceExactlyOneSetsThePassword() throws Exception {
    invited("raced");
    String token = letter("raced", 1);
    var statuses = new ArrayList<Integer>();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Answer>> racing =
          IntStream.range(0, 16)
              .mapToObj(i -> threads.submit(() -> set(token, OTHER + i)))
              .toList();
      for (Future<Answer> answer : racing) {
        statuses.add(answer.get().status());
      }
    }
    assertThat(statuses).containsOnlyOnce(204).contains(409);
  }

  @Test
  void aForgottenPasswordIsSetByALinkWithinTheHour() {
    Api session = user("fred");
    forgot("FRED@varve.test ").is(202);
    String token = letter("fred", 1);
    set(token, "short").is(422);
    set(token, OTHER).is(204);
    session.get("/api/me").is(401);
    signIn("fred", OTHER);
    CLOCK.advance(Duration.ofMinutes(2));
    forgot("fred@varve.test").is(202);
    String late = letter("fred", 2);
    CLOCK.advance(Duration.ofHours(1));
    set(late, PASSWORD).is(409);
  }

  @Test
  void nobodyLearnsWhoHasAnAccount() {
    user("known");
    String id = signIn("known", PASSWORD).get("/api/me").id();
    admin().post("/api/users/" + id + "/disable").is(200);
    forgot("known@varve.test").is(202);
    forgot("nobody@varve.test").is(202);
    user("last");
    forgot("last@varve.test").is(202);
    letter("last", 1);
    assertThat(letters("known")).isEmpty();
    assertThat(letters("nobody")).isEmpty();
  }

  @Test
  void nobodysMailboxIsFilledByOthers() {
    user("flooded");
    user("after");
    for (int i = 0; i < 5; i++) {
      forgot("flooded@varve.test").is(202);
    }
    forgot("after@varve.test").is(202);
    letter("after", 1);
    assertThat(letters("flooded")).hasSizeLessThanOrEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "x", "AAAA", "not base64!"})
  void whatIsNoLinkIsRefusedAsAnyOther(String token) {
    Answer answer = set(token, OTHER);
    assertThat(answer.status()).isIn(409, 422);
  }

  @Test
  void aLinkIsForItsUserAlone() {
    invited("alice");
    String token = letter("alice", 1);
    char[] bent = token.toCharArray();
    bent[30] = bent[30] == 'A' ? 'B' : 'A';
    set(new String(bent), OTHER).is(409);
    set(token, OTHER).is(204);
  }

  @Test
  void nobodyInvitesUsersOfAnother() {
    String id = invited("guarded");
    signIn("foreign", PASSWORD).post("/api/users/" + id + "/invite").is(404);
    user("mere").post("/api/users/" + id + "/invite").is(403);
    signIn("ada", PASSWORD).post("/api/tenants/" + foreign + "/users/" + id + "/invite").is(404);
    signIn("ada", PASSWORD).post("/api/tenants/" + acme + "/users/" + id + "/invite").is(200);
  }

  @Test
  void changingOnesPasswordTakesTheOldOneAndEndsAllOtherSessions() {
    Api here = user("carl");
    Api there = signIn("carl", PASSWORD);
    Map<String, String> wrong = Map.of("current", OTHER, "password", OTHER);
    assertThat(put(here, wrong).is(403).problem()).isEqualTo("wrong-password");
    Answer changed = put(here, Map.of("current", PASSWORD, "password", OTHER)).is(200);
    assertThat(changed.header("Set-Cookie")).contains("varve-refresh=");
    there.get("/api/me").is(401);
    here.get("/api/me").is(401);
    anybody.as(changed.json().path("accessToken").asString()).get("/api/risks").is(200);
    signIn("carl", OTHER);
  }

  @Test
  void theOldPasswordCannotBeGuessed() {
    Api user = user("gina");
    for (int i = 0; i < 5; i++) {
      put(user, Map.of("current", OTHER + i, "password", OTHER)).is(403);
    }
    put(user, Map.of("current", PASSWORD, "password", OTHER)).is(429);
  }

  @Test
  void aPasswordThatIsTooShortTooLongCommonOrOnesOwnNameIsRefused() {
    Api user = user("hugo");
    refused(user, "elevenchars", "too-short");
    refused(user, "x".repeat(73), "too-long");
    refused(user, "ä".repeat(37), "too-long");
    refused(user, "QwertyQwerty", "too-common");
    refused(user, "1234567890q", "too-short");
    refused(user, "Hugo hugo 1999", "own-name");
    refused(user, "hugo@varve.test", "own-name");
    put(user, Map.of("current", PASSWORD, "password", "x".repeat(72))).is(200);
    anybody().post("/api/auth/login", login("hugo", "x".repeat(73))).is(401);
  }

  @Test
  void noLinkIsKeptOrInAnEvent() {
    invited("quiet");
    String token = letter("quiet", 1);
    String secret = token.substring(44);
    for (String table : List.of("ledger.event", "ops.link", "ops.secret")) {
      assertThat(
              varve.sql(
                  "select count(*) from %s t where t::text like '%%%s%%'".formatted(table, secret)))
          .isEqualTo("0");
    }
  }

  private static void refused(Api user, String password, String code) {
    Answer answer = put(user, Map.of("current", PASSWORD, "password", password)).is(422);
    assertThat(answer.json().path("errors").values())
        .anySatisfy(
            error -> {
              assertThat(error.path("pointer").asString()).isEqualTo("/password");
              assertThat(error.path("code").asString()).isEqualTo(code);
            });
  }

  private static Answer put(Api api, Map<String, String> body) {
    return api.put("/api/auth/password", "*", body);
  }

  private static Answer set(String token, String password) {
    return anybody().post("/api/auth/password/set", Map.of("token", token, "password", password));
  }

  private static Answer forgot(String email) {
    return anybody().post("/api/auth/password/forgot", Map.of("email", email));
  }

  private static Api anybody() {
    return anybody;
  }

  private static Api admin() {
    return signIn("acme", PASSWORD);
  }

  private static String invited(String name) {
    return admin().post("/api/users", fields(name)).is(201).id();
  }

  private static Api user(String name) {
    var fields = new HashMap<>(fields(name));
    fields.put("password", PASSWORD);
    admin().post("/api/users", fields).is(201);
    return signIn(name, PASSWORD);
  }

  private static Map<String, String> fields(String name) {
    return Map.of("name", name, "email", name + "@varve.test", "role", "tenant_user");
  }

  private static Map<String, String> login(String name, String password) {
    return Map.of("email", name + "@varve.test", "password", password);
  }

  private static Api signIn(String name, String password) {
    return anybody.signedIn(name + "@varve.test", password);
  }

  private static String events(String id) {
    return varve.sql(
        "select string_agg(type, ' ' order by number) from ledger.event where id = '" + id + "'");
  }

  /** The token in the latest letter to somebody, once there are as many. */
  private static String letter(String name, int count) {
    await().until(() -> letters(name).size() >= count);
    Matcher link = LINK.matcher(GreenMailUtil.getBody(letters(name).getLast()));
    assertThat(link.find()).isTrue();
    return link.group(1);
  }

  private static List<MimeMessage> letters(String name) {
    return Arrays.stream(MAIL.getReceivedMessages())
        .filter(letter -> to(letter).equals(name + "@varve.test"))
        .toList();
  }

  private static String to(MimeMessage letter) {
    try {
      return Stream.of(letter.getRecipients(RecipientType.TO)).findFirst().orElseThrow().toString();
    } catch (MessagingException e) {
      throw new IllegalStateException(e);
    }
  }
}
