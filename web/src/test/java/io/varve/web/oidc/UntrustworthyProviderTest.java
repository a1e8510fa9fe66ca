package io.varve.web.oidc;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.oauth2.sdk.token.BearerAccessToken;
import com.nimbusds.openid.connect.sdk.claims.AccessTokenHash;
import io.varve.web.oidc.Stage.Registered;
import io.varve.web.testing.Newcomer;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class UntrustworthyProviderTest {

  private static final String EMAIL = "eve@varve.test";
  private static final String INVALID = "/sign-in?error=invalid";

  @AutoClose static final Stage stage = new Stage();

  private static Newcomer.Customer acme;
  private static int registered;

  private final Browser browser = new Browser();
  private MadeUpProvider madeUp;
  private Registered provider;

  @BeforeAll
  static void aCustomer() {
    acme = stage.customer("acme");
    Stage.invite(acme, EMAIL);
  }

  @BeforeEach
  void aProvider() {
    madeUp = new MadeUpProvider();
    provider = stage.provider(acme, madeUp.issuer(), Map.of("name", "Made up " + registered++));
  }

  @AfterEach
  void noProvider() {
    madeUp.close();
  }

  @Test
  void aTokenAsItShouldBeSignsIn() {
    assertThat(signInWith(claims -> claims)).isEqualTo("/");
    assertThat(stage.email(browser)).isEqualTo(EMAIL);
  }

  @Test
  void aTokenForAnotherSignInIsRefused() {
    assertThat(signInWith(claims -> claims.claim("nonce", "another"))).isEqualTo(INVALID);
    assertThat(signInWith(claims -> claims.claim("nonce", null))).isEqualTo(INVALID);
  }

  @Test
  void aTokenOfAnotherIssuerIsRefused() {
    assertThat(signInWith(claims -> claims.issuer(madeUp.issuer() + "/"))).isEqualTo(INVALID);
    assertThat(signInWith(claims -> claims.issuer(null))).isEqualTo(INVALID);
  }

  @Test
  void aTokenForAnotherClientIsRefused() {
    assertThat(signInWith(claims -> claims.audience("another"))).isEqualTo(INVALID);
    assertThat(signInWith(claims -> claims.claim("azp", "another"))).isEqualTo(INVALID);
    assertThat(
            signInWith(
                claims -> claims.audience(List.of(MadeUpProvider.CLIENT, "b")).claim("azp", "b")))
        .isEqualTo(INVALID);
  }

  @Test
  void aTokenOutOfItsTimeIsRefused() {
    Date past = Date.from(Instant.now().minus(Duration.ofMinutes(2)));
    Date future = Date.from(Instant.now().plus(Duration.ofMinutes(2)));
    assertThat(signInWith(claims -> claims.expirationTime(past))).isEqualTo(INVALID);
    assertThat(signInWith(claims -> claims.expirationTime(null))).isEqualTo(INVALID);
    assertThat(signInWith(claims -> claims.issueTime(future))).isEqualTo(INVALID);
    Date justNow = Date.from(Instant.now().minusSeconds(5));
    assertThat(signInWith(claims -> claims.expirationTime(justNow))).isEqualTo("/");
  }

  @Test
  void aTokenAboutNobodyIsRefused() {
    assertThat(signInWith(claims -> claims.subject(null))).isEqualTo(INVALID);
  }

  @Test
  void aTokenThatNobodySignedIsRefused() {
    assertThat(signInAs(claims -> new PlainJWT(claims).serialize())).isEqualTo(INVALID);
    assertThat(signInAs(claims -> madeUp.signed(claims).replaceFirst("[^.]+$", "")))
        .isEqualTo(INVALID);
  }

  @Test
  void aTokenSignedWithWhatEverybodyKnowsIsRefused() {
    assertThat(signInAs(madeUp::signedWithPublicKey)).isEqualTo(INVALID);
  }

  @Test
  void aTokenSignedWithAnotherKeyIsRefusedWhateverItsName() {
    assertThat(signInAs(claims -> madeUp.signed(claims, h -> h, MadeUpProvider.key("first"))))
        .isEqualTo(INVALID);
    assertThat(
            signInAs(
                claims -> {
                  var own = MadeUpProvider.key("own");
                  return madeUp.signed(claims, h -> h.keyID("own").jwk(own.toPublicJWK()), own);
                }))
        .isEqualTo(INVALID);
  }

  @Test
  void aTokenThatWasTamperedWithIsRefused() {
    String tampered =
        signInAs(
            claims -> {
              String[] parts = madeUp.signed(claims).split("\\.");
              var other = new JWTClaimsSet.Builder(claims).subject("other").build();
              return parts[0] + "." + other.toPayload().toBase64URL() + "." + parts[2];
            });
    assertThat(tampered).isEqualTo(INVALID);
  }

  @Test
  void aTokenOfAnotherSortIsRefused() {
    assertThat(
            signInAs(
                claims ->
                    madeUp.signed(
                        claims,
                        h -> h.type(new JOSEObjectType("at+jwt")),
                        MadeUpProvider.key("first"))))
        .isEqualTo(INVALID);
  }

  @Test
  void anAccessTokenThatTheIdTokenDoesNotNameIsRefused() {
    String right = hash(MadeUpProvider.ACCESS_TOKEN);
    assertThat(signInWith(claims -> claims.claim("at_hash", hash("another")))).isEqualTo(INVALID);
    assertThat(signInWith(claims -> claims.claim("at_hash", right))).isEqualTo("/");
  }

  @Test
  void anUnknownKeyIsAskedForAtMostOnceAMinute() {
    for (int i = 0; i < 5; i++) {
      signInAs(claims -> madeUp.signed(claims, h -> h.keyID("new"), MadeUpProvider.key("new")));
    }
    assertThat(madeUp.keySetsServed()).isEqualTo(2);
  }

  @Test
  void whereTheTokenNamesNoAddressTheUserInfoMayForTheSameSubject() {
    UnaryOperator<JWTClaimsSet.Builder> nameless =
        claims -> claims.subject("eve").claim("email", null).claim("email_verified", null);
    assertThat(signInWith(nameless)).isEqualTo("/sign-in?error=invalid");
    madeUp.userInfo(Map.of("sub", "mallory", "email", EMAIL, "email_verified", true));
    assertThat(signInWith(nameless)).isEqualTo("/sign-in?error=unknown-user");
    madeUp.userInfo(Map.of("sub", "eve", "email", EMAIL, "email_verified", false));
    assertThat(signInWith(nameless)).isEqualTo("/sign-in?error=unknown-user");
    madeUp.userInfo(Map.of("sub", "eve", "email", EMAIL, "email_verified", true));
    assertThat(signInWith(nameless)).isEqualTo("/");
  }

  @Test
  void anAddressThatOnlyLooksLikeAnothersOnceNormalizedIsNobodys() {
    assertThat(signInWith(claims -> claims.claim("email", "ｅve@varve.test")))
        .isEqualTo("/sign-in?error=unknown-user");
  }

  @Test
  void whatMicrosoftSaysOfAnAddressCountsAsVerified() {
    assertThat(signInWith(claims -> claims.claim("email_verified", null).claim("xms_edov", true)))
        .isEqualTo("/");
  }

  @Test
  void anAnswerInTheNameOfAnotherIssuerIsRefused() {
    URI asked = begin();
    madeUp.give(madeUp.signed(claims(asked).build()));
    assertThat(stage.page(browser.get(callback(asked, "&iss=https%3A%2F%2Fother.test"))))
        .isEqualTo(INVALID);
  }

  @Test
  void aProviderThatCallsItselfOtherwiseIsNotUsed() {
    madeUp.describe("issuer", "http://localhost:1");
    assertUnusable("both must be the same to the letter");
  }

  @Test
  void aProviderThatOnlyDoesPlainPkceIsNotUsed() {
    madeUp.describe("code_challenge_methods_supported", List.of("plain"));
    assertUnusable("does not offer PKCE with S256");
  }

  @Test
  void aProviderWithoutTheCodeFlowIsNotUsed() {
    madeUp.describe("response_types_supported", List.of("id_token"));
    assertUnusable("does not offer the authorization code flow");
  }

  @Test
  void aProviderWithEndpointsThatAreNoPlaceToGoIsNotUsed() {
    madeUp.describe("authorization_endpoint", "http://login.example/authorize");
    assertUnusable("names no authorization endpoint with an https address");
  }

  private void assertUnusable(String sentence) {
    var checked = provider.change("check").is(200).json();
    assertThat(checked.path("usable").asBoolean()).isFalse();
    assertThat(checked.path("problem").asString()).contains(sentence);
    assertThat(stage.signIn(browser, provider)).isEqualTo("/sign-in?error=unavailable");
  }

  /** The page that one comes to with a token of these claims, signed as it should be. */
  private String signInWith(UnaryOperator<JWTClaimsSet.Builder> claims) {
    URI asked = begin();
    madeUp.give(madeUp.signed(claims.apply(claims(asked)).build()));
    return stage.page(browser.get(callback(asked, "")));
  }

  /** The page that one comes to with the right claims in such a token. */
  private String signInAs(Function<JWTClaimsSet, String> token) {
    URI asked = begin();
    madeUp.give(token.apply(claims(asked).build()));
    return stage.page(browser.get(callback(asked, "")));
  }

  private URI begin() {
    return browser.get(stage.at(provider.path()));
  }

  private JWTClaimsSet.Builder claims(URI asked) {
    return madeUp.claims("eve", EMAIL, parameter(asked, "nonce"));
  }

  private static URI callback(URI asked, String more) {
    return stage.at(Stage.CALLBACK + "?code=any&state=" + parameter(asked, "state") + more);
  }

  private static String parameter(URI asked, String name) {
    Matcher found = Pattern.compile("[?&]" + name + "=([^&]+)").matcher(asked.toString());
    assertThat(found.find()).as(asked.toString()).isTrue();
    return found.group(1);
  }

  private static String hash(String accessToken) {
    return AccessTokenHash.compute(new BearerAccessToken(accessToken), JWSAlgorithm.RS256, null)
        .getValue();
  }
}
