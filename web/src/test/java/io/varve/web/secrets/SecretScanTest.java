package io.varve.web.secrets;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.read.ListAppender;
import com.eatthepath.otp.TimeBasedOneTimePasswordGenerator;
import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import io.varve.web.testing.Api;
import io.varve.web.testing.Api.Answer;
import io.varve.web.testing.Newcomer;
import io.varve.web.testing.TestVarve;
import jakarta.mail.MessagingException;
import java.io.IOException;
import java.security.InvalidKeyException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.crypto.spec.SecretKeySpec;
import org.apache.commons.codec.binary.Base32;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;

/** Everything secret that Varve is told or hands out is looked for where it must not be. */
class SecretScanTest {

  private static final Pattern LINK = Pattern.compile("#token=([\\w-]+)");

  private static final String EVERYTHING =
      """
      select string_agg(line, E'\\n') from (
        select query_to_xml(format('select * from %s', c.oid::regclass), true, true, '')::text as line
          from pg_class c
          join pg_namespace n on n.oid = c.relnamespace
         where c.relkind = 'r' and n.nspname in ('ledger', 'ops', 'read', 'carrier')) everything
      """;

  private static final GreenMail mail =
      new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
  private static final ListAppender<ILoggingEvent> log = new ListAppender<>();
  private static final Map<String, String> secrets = new LinkedHashMap<>();

  private static TestVarve varve;

  /** Of an API key: the part that is no secret. */
  private static String prefix = "";

  @BeforeAll
  static void aFullRunWithEverythingLogged()
      throws IOException, MessagingException, InvalidKeyException {
    mail.start();
    varve =
        TestVarve.start(
            Map.of(
                "varve.mail.host",
                "127.0.0.1",
                "varve.mail.port",
                mail.getSmtp().getPort(),
                "varve.mail.security",
                "none"));
    // Only now: to start is to set up logging anew.
    log.start();
    ((Logger) LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME)).addAppender(log);
    ((Logger) LoggerFactory.getLogger("io.varve")).setLevel(Level.DEBUG);
    var newcomer = new Newcomer(varve.api());
    Newcomer.Customer acme = newcomer.customer("acme");
    keep("a password", Newcomer.PASSWORD);
    signingIn();
    secondFactor(newcomer.user(acme.tenant(), "uma@varve.test", "tenant_user"));
    keysAndCredentials(acme.admin());
    invitation(acme.admin());
    mistakes();
  }

  @AfterAll
  static void stop() {
    varve.close();
    mail.stop();
    var root = (Logger) LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME);
    root.detachAppender(log);
    ((Logger) LoggerFactory.getLogger("io.varve")).setLevel(null);
  }

  @Test
  void noSecretIsInTheLedgerOrAnyTable() {
    String everything = varve.sql(EVERYTHING);
    assertThat(everything)
        .as("what is no secret is found")
        .contains("user.registered", "session.verified", "https://login.acme.test", prefix);
    secrets.forEach(
        (what, secret) ->
            assertThat(everything.contains(secret) || everything.contains(base64(secret)))
                .as(what + " in the database")
                .isFalse());
  }

  @Test
  void noSecretIsInTheLog() {
    var lines = new ArrayList<String>();
    for (ILoggingEvent event : List.copyOf(log.list)) {
      lines.add(event.getFormattedMessage());
      if (event.getThrowableProxy() != null) {
        lines.add(ThrowableProxyUtil.asString(event.getThrowableProxy()));
      }
    }
    String all = String.join("\n", lines);
    assertThat(all).as("what is no secret is found").contains("AuthController#login");
    secrets.forEach(
        (what, secret) -> assertThat(all.contains(secret)).as(what + " in the log").isFalse());
  }

  @Test
  void noSecretIsInTheAuditTrail() {
    Api admin = varve.api().signedIn("acme@varve.test", Newcomer.PASSWORD);
    String trail = admin.get("/api/audit?limit=200").is(200).response().body();
    secrets.forEach(
        (what, secret) -> assertThat(trail.contains(secret)).as(what + " in the trail").isFalse());
  }

  private static void signingIn() {
    Answer signedIn =
        varve
            .api()
            .post(
                "/api/auth/login",
                Map.of("email", "acme@varve.test", "password", Newcomer.PASSWORD))
            .is(200);
    keep("an access token", signedIn.json().path("accessToken").asString());
    String cookie = String.valueOf(signedIn.header("Set-Cookie")).replaceFirst(";.*", "");
    keep("a refresh token", cookie.split("=", 2)[1]);
    Answer next =
        varve
            .api()
            .with("Cookie", cookie)
            .with("Varve-Csrf", "1")
            .post("/api/auth/refresh")
            .is(200);
    keep("the next access token", next.json().path("accessToken").asString());
  }

  private static void secondFactor(Api user) throws InvalidKeyException {
    JsonNode enrolment = user.post("/api/auth/mfa/totp").is(200).json();
    String secret = enrolment.path("secret").asString();
    keep("what an authenticator shares", secret);
    String code =
        new TimeBasedOneTimePasswordGenerator()
            .generateOneTimePasswordString(
                new SecretKeySpec(new Base32().decode(secret), "HmacSHA1"), Instant.now());
    Answer enrolled = user.post("/api/auth/mfa/totp/confirm", Map.of("code", code)).is(200);
    for (JsonNode recovery : enrolled.json().path("recoveryCodes").values()) {
      keep("recovery code " + recovery.asString(), recovery.asString());
    }
    Api verified = user.as(enrolled.json().at("/token/accessToken").asString());
    String recovery = enrolled.json().path("recoveryCodes").get(0).asString();
    verified.post("/api/auth/mfa/verify", Map.of("recoveryCode", recovery)).is(200);
    keep("a new password", "another horse battery");
    verified
        .put(
            "/api/auth/password",
            "*",
            Map.of("current", Newcomer.PASSWORD, "password", "another horse battery"))
        .is(200);
  }

  private static void keysAndCredentials(Api api) {
    Answer issued =
        api.post(
                "/api/api-keys", Map.of("name", "Reports", "use", "api", "scopes", List.of("read")))
            .is(201);
    String key = issued.json().path("key").asString();
    prefix = key.split("_")[1];
    keep("the secret of a key", key.split("_", 3)[2]);
    varve.api().as(key).get("/api/risks").is(200);
    keep("the credential of a source", "s3cr3t-of-a-source");
    api.post(
            "/api/sources",
            Map.of(
                "name",
                "Scanner",
                "kind",
                "connector",
                "schedule",
                "daily",
                "endpoint",
                "https://scanner.test",
                "auth",
                "bearer",
                "credential",
                "s3cr3t-of-a-source"))
        .is(201);
    keep("a provider's client secret", "s3cr3t-of-a-client");
    api.post(
            "/api/providers",
            Map.of(
                "name",
                "Acme",
                "issuer",
                "https://login.acme.test",
                "clientId",
                "varve",
                "credential",
                "s3cr3t-of-a-client"))
        .is(201);
  }

  private static void invitation(Api api) throws IOException, MessagingException {
    api.post("/api/users", Map.of("name", "I", "email", "i@varve.test", "role", "tenant_user"))
        .is(201);
    await().until(() -> mail.getReceivedMessages().length > 0);
    Matcher link = LINK.matcher(mail.getReceivedMessages()[0].getContent().toString());
    assertThat(link.find()).isTrue();
    keep("the token of a link", link.group(1));
    keep("a password by a link", "invited horse battery");
    varve
        .api()
        .post(
            "/api/auth/password/set",
            Map.of("token", link.group(1), "password", "invited horse battery"))
        .is(204);
  }

  /** What is refused must not be told either. */
  private static void mistakes() {
    keep("a wrong password", "wrong horse battery 123");
    varve
        .api()
        .post(
            "/api/auth/login",
            Map.of("email", "acme@varve.test", "password", "wrong horse battery 123"))
        .is(401);
    keep("a broken body", "broken horse battery");
    varve.api().send("POST", "/api/auth/login", "{\"password\":\"broken horse battery\"");
    varve.api().send("POST", "/api/auth/login", "{\"passwort\":\"broken horse battery\"}");
    varve.api().as("vrv_abcdefghij_" + "broken horse battery".replace(' ', '-')).get("/api/me");
  }

  /** As a column of bytes is written out, but for its last letters. */
  private static String base64(String secret) {
    String all = Base64.getEncoder().encodeToString(secret.getBytes(UTF_8));
    return all.substring(0, all.length() - 4);
  }

  private static void keep(String what, String secret) {
    assertThat(secret).as(what).hasSizeGreaterThan(7);
    secrets.put(what, secret);
  }
}
