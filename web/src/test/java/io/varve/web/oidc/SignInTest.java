package io.varve.web.oidc;

import static org.assertj.core.api.Assertions.assertThat;

import io.varve.postgres.Expiry;
import io.varve.web.oidc.RealProvider.Person;
import io.varve.web.oidc.Stage.Registered;
import io.varve.web.testing.Api;
import io.varve.web.testing.Newcomer;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class SignInTest {

  private static final Map<String, Object> SECRET = Map.of("credential", RealProvider.SECRET);

  @AutoClose static final Stage stage = new Stage();

  @AutoClose
  static final RealProvider real = RealProvider.start(stage.at(Stage.CALLBACK).toString());

  private static Newcomer.Customer acme;
  private static Newcomer.Customer other;
  private static Registered provider;

  private final Browser browser = new Browser();

  @BeforeAll
  static void aCustomerAndItsProvider() {
    acme = stage.customer("acme");
    other = stage.customer("other");
    provider = stage.provider(acme, real.issuer(), SECRET);
  }

  @Test
  void whoHasAVerifiedAddressIsSignedInAndLinked() {
    Stage.invite(acme, "vera@varve.test");
    real.inFront(Person.with("vera", "Vera@Varve.test", true));
    assertThat(stage.signIn(browser, provider, "?to=/risks?open=1")).isEqualTo("/risks?open=1");
    assertThat(stage.email(browser)).isEqualTo("vera@varve.test");
    assertThat(stage.as(browser).get("/api/auth/sign-ons").is(200).response().body())
        .contains(provider.id(), "At " + real.issuer());
    assertThat(audited("user.sign-on-linked"))
        .anyMatch(event -> event.contains("\"ip\":\"127.0.0.1\""));
    assertThat(audited("session.started"))
        .anyMatch(event -> event.contains("\"method\":\"provider\""));
  }

  @Test
  void whoIsLinkedIsSignedInWhateverTheAddressByNow() {
    Stage.invite(acme, "lina@varve.test");
    real.inFront(Person.with("lina", "lina@varve.test", true));
    stage.signIn(browser, provider);
    real.inFront(Person.with("lina", "acme@varve.test", false));
    var later = new Browser();
    assertThat(stage.signIn(later, provider)).isEqualTo("/");
    assertThat(stage.email(later)).isEqualTo("lina@varve.test");
  }

  @Test
  void whoUnlinksIsKnownByTheAddressAgain() {
    Stage.invite(acme, "una@varve.test");
    real.inFront(Person.with("una", "una@varve.test", true));
    stage.signIn(browser, provider);
    Api una = stage.as(browser);
    una.post("/api/auth/sign-ons/" + provider.id() + "/unlink").is(200);
    assertThat(una.get("/api/auth/sign-ons").is(200).json().path("items").size()).isZero();
    real.inFront(Person.with("una", "una@varve.test", false));
    assertThat(stage.signIn(browser, provider)).isEqualTo("/sign-in?error=unknown-user");
    real.inFront(Person.with("another una", "una@varve.test", true));
    assertThat(stage.signIn(browser, provider)).isEqualTo("/");
  }

  @Test
  void anAddressThatBecameAnothersDoesNotOpenTheFirstOnesAccount() {
    String user = Stage.invite(acme, "rex@varve.test");
    real.inFront(Person.with("rex", "rex@varve.test", true));
    stage.signIn(browser, provider);
    real.inFront(Person.with("successor of rex", "rex@varve.test", true));
    assertThat(stage.signIn(new Browser(), provider)).isEqualTo("/sign-in?error=unknown-user");
    acme.admin().post("/api/users/" + user + "/sign-ons/" + provider.id() + "/unlink").is(200);
    assertThat(stage.signIn(new Browser(), provider)).isEqualTo("/");
  }

  @Test
  void anAddressThatTheProviderHasNotVerifiedIsNobodys() {
    Stage.invite(acme, "uwe@varve.test");
    real.inFront(Person.with("uwe", "uwe@varve.test", false));
    assertThat(stage.signIn(browser, provider)).isEqualTo("/sign-in?error=unknown-user");
    assertThat(stage.token(browser).status()).isEqualTo(401);
  }

  @Test
  void aProviderVouchesForNobodyOfAnotherHome() {
    real.inFront(Person.with("spy", "other@varve.test", true));
    assertThat(stage.signIn(browser, provider)).isEqualTo("/sign-in?error=unknown-user");
    real.inFront(Person.with("spy", "ada@varve.test", true));
    assertThat(stage.signIn(browser, provider)).isEqualTo("/sign-in?error=unknown-user");
  }

  @Test
  void whatOneHomesProviderHasLinkedIsUnknownToAnothers() {
    Stage.invite(acme, "cora@varve.test");
    real.inFront(Person.with("cora", "cora@varve.test", true));
    stage.signIn(browser, provider);
    Registered others = stage.provider(other, real.issuer(), SECRET);
    assertThat(stage.signIn(new Browser(), others)).isEqualTo("/sign-in?error=unknown-user");
  }

  @Test
  void anOrganizationsProviderVouchesForTheUsersOfItsTenants() {
    Registered shared = stage.provider(stage.newcomer().organization(), real.issuer(), SECRET);
    Stage.invite(other, "olaf@varve.test");
    real.inFront(Person.with("olaf", "olaf@varve.test", true));
    assertThat(stage.signIn(browser, shared)).isEqualTo("/");
    assertThat(stage.email(browser)).isEqualTo("olaf@varve.test");
    assertThat(stage.as(browser).get("/api/auth/sign-ons").is(200).response().body())
        .contains("At " + real.issuer());
    real.inFront(Person.with("spy", "ada@varve.test", true));
    assertThat(stage.signIn(new Browser(), shared)).isEqualTo("/sign-in?error=unknown-user");
  }

  @Test
  void aDisabledUserIsNotSignedIn() {
    String user = Stage.invite(acme, "dora@varve.test");
    real.inFront(Person.with("dora", "dora@varve.test", true));
    stage.signIn(browser, provider);
    acme.admin().post("/api/users/" + user + "/disable").is(200);
    assertThat(stage.signIn(new Browser(), provider)).isEqualTo("/sign-in?error=unknown-user");
  }

  @Test
  void aDisabledProviderSignsNobodyInNotEvenWhoIsOnTheWay() {
    Registered passing =
        stage.provider(acme, real.issuer(), Map.of("name", "P", "credential", RealProvider.SECRET));
    Stage.invite(acme, "pia@varve.test");
    real.inFront(Person.with("pia", "pia@varve.test", true));
    URI callback = stage.comeBack(browser, passing);
    passing.change("disable").is(200);
    assertThat(stage.page(browser.get(callback))).isEqualTo("/sign-in?error=unavailable");
    assertThat(stage.signIn(browser, passing)).isEqualTo("/sign-in?error=unavailable");
    passing.change("enable").is(200);
    assertThat(stage.signIn(browser, passing)).isEqualTo("/");
  }

  @Test
  void aSecondFactorCountsOnlyWhereTheProviderIsTrustedWithIt() {
    Registered trusted =
        stage.provider(
            acme,
            real.issuer(),
            Map.of("name", "T", "credential", RealProvider.SECRET, "trustedForSecondFactor", true));
    Stage.invite(acme, "mona@varve.test");
    Map<String, Object> claims =
        Map.of("email", "mona@varve.test", "email_verified", true, "amr", List.of("pwd", "mfa"));
    real.inFront(new Person("mona", claims));
    stage.signIn(browser, provider);
    assertThat(stage.isVerified(browser)).isFalse();
    stage.signIn(browser, trusted);
    assertThat(stage.isVerified(browser)).isTrue();
    real.inFront(Person.with("mona", "mona@varve.test", true));
    stage.signIn(browser, trusted);
    assertThat(stage.isVerified(browser)).isFalse();
  }

  @Test
  void nobodyIsLedAstray() {
    Stage.invite(acme, "ines@varve.test");
    real.inFront(Person.with("ines", "ines@varve.test", true));
    for (String astray :
        List.of(
            "https://evil.test/",
            "//evil.test/",
            "/%5Cevil.test/",
            "%09//evil.test",
            "evil",
            "/a%0Ab")) {
      assertThat(stage.signIn(browser, provider, "?to=" + astray)).isEqualTo("/");
    }
  }

  @Test
  void anotherBrowserCannotEndWhatThisOneBegan() {
    Stage.invite(acme, "bea@varve.test");
    real.inFront(Person.with("bea", "bea@varve.test", true));
    URI callback = stage.comeBack(browser, provider);
    var stranger = new Browser();
    assertThat(stage.page(stranger.get(callback))).isEqualTo("/sign-in?error=expired");
    stage.comeBack(stranger, provider);
    assertThat(stage.page(stranger.get(callback))).isEqualTo("/sign-in?error=expired");
    assertThat(stage.page(browser.get(callback))).isEqualTo("/");
  }

  @Test
  void comingBackWorksOnce() {
    Stage.invite(acme, "ron@varve.test");
    real.inFront(Person.with("ron", "ron@varve.test", true));
    URI callback = stage.comeBack(browser, provider);
    var copy = new Browser();
    copy.copy(browser);
    assertThat(stage.page(browser.get(callback))).isEqualTo("/");
    assertThat(stage.page(copy.get(callback))).isEqualTo("/sign-in?error=expired");
  }

  @Test
  void whoComesBackTooLateBeginsAnew() {
    real.inFront(Person.with("late", "acme@varve.test", true));
    URI callback = stage.comeBack(browser, provider);
    stage
        .varve()
        .sql(
            "with late as (update ops.oidc_sign_in set expires = now() where used is null returning 1)"
                + " select count(*) from late");
    assertThat(stage.page(browser.get(callback))).isEqualTo("/sign-in?error=expired");
    assertThat(stage.varve().bean(Expiry.class).forget()).isPositive();
    assertThat(stage.page(browser.get(callback))).isEqualTo("/sign-in?error=expired");
  }

  @Test
  void theProviderIsAskedForACodeWithPkceStateAndNonce() {
    assertThat(browser.get(stage.at(provider.path())).toString())
        .startsWith(real.issuer() + "/oauth2/authorize?")
        .contains("response_type=code", "code_challenge_method=S256", "code_challenge=")
        .contains("state=", "nonce=", "scope=openid+email");
  }

  @Test
  void aCodeThatWasGivenWithoutPkceIsOfNoUse() {
    real.inFront(Person.with("acme", "acme@varve.test", true));
    URI asked = browser.get(stage.at(provider.path()));
    String without = asked.toString().replaceAll("&code_challenge(_method)?=[^&]*", "");
    URI callback = browser.follow(URI.create(without), stage.isCallback());
    assertThat(callback.getQuery()).contains("code=");
    assertThat(stage.page(browser.get(callback))).isEqualTo("/sign-in?error=refused");
  }

  @Test
  void whomTheProviderRefusesIsToldSo() {
    URI asked = browser.get(stage.at(provider.path()));
    String other = asked.toString().replace("scope=openid+email", "scope=openid+admin");
    URI callback = browser.follow(URI.create(other), stage.isCallback());
    assertThat(stage.page(browser.get(callback))).isEqualTo("/sign-in?error=refused");
  }

  @Test
  void withoutTheRightSecretTheProviderGivesNothing() {
    Registered wrong =
        stage.provider(acme, real.issuer(), Map.of("name", "W", "credential", "wrong"));
    assertThat(stage.signIn(browser, wrong)).isEqualTo("/sign-in?error=refused");
  }

  @Test
  void whatNoProviderSentIsAnswered() {
    for (String query :
        List.of("", "?code=a", "?state=a", "?code=a&state=a", "?error=%0Aforged&state=a", "?%")) {
      assertThat(stage.page(browser.get(stage.at(Stage.CALLBACK + query.replace("%", "%25")))))
          .startsWith("/sign-in?error=");
    }
    assertThat(
            stage.page(
                browser.get(stage.at(provider.path().replace(provider.id(), provider.home())))))
        .isEqualTo("/sign-in?error=unavailable");
  }

  private static List<String> audited(String type) {
    return acme
        .admin()
        .get("/api/audit?type=" + type)
        .is(200)
        .json()
        .path("items")
        .values()
        .stream()
        .map(Object::toString)
        .toList();
  }
}
