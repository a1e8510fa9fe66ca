package io.varve.web.oidc;

import com.nimbusds.jwt.SignedJWT;
import io.varve.web.testing.Api;
import io.varve.web.testing.Api.Answer;
import io.varve.web.testing.Newcomer;
import io.varve.web.testing.TestVarve;
import java.net.URI;
import java.text.ParseException;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Predicate;

/** An application in which people sign in with providers of this host. */
final class Stage implements AutoCloseable {

  static final String CALLBACK = "/api/auth/oidc/callback";

  private final TestVarve varve = TestVarve.start(Map.of(OidcConfiguration.ALLOW_PRIVATE, "true"));
  private final Newcomer newcomer = new Newcomer(varve.api());

  /** A provider of a home, as its administrators have it. */
  record Registered(String home, String root, String id, Api admin) {

    Answer change(String verb) {
      return admin.post(root + "/providers/" + id + "/" + verb);
    }

    String path() {
      return "/api/auth/oidc/" + home + "/" + id;
    }
  }

  TestVarve varve() {
    return varve;
  }

  Newcomer newcomer() {
    return newcomer;
  }

  Newcomer.Customer customer(String name) {
    return newcomer.customer(name);
  }

  URI at(String path) {
    return URI.create("http://localhost:" + varve.port() + path);
  }

  /** Registers a provider in a tenant. */
  Registered provider(Newcomer.Customer customer, String issuer, Map<String, Object> more) {
    return register(customer.tenant(), "/api", customer.admin(), issuer, more);
  }

  /** Registers a provider in the organization. */
  Registered provider(String organization, String issuer, Map<String, Object> more) {
    return register(
        organization, "/api/organizations/" + organization, newcomer.operator(), issuer, more);
  }

  private static Registered register(
      String home, String root, Api admin, String issuer, Map<String, Object> more) {
    var fields = new HashMap<String, Object>(more);
    fields.putIfAbsent("name", "At " + issuer);
    fields.put("issuer", issuer);
    fields.put("clientId", RealProvider.CLIENT);
    String id = admin.post(root + "/providers", fields).is(201).id();
    return new Registered(home, root, id, admin);
  }

  /** A user without a password. */
  static String invite(Newcomer.Customer customer, String email) {
    Map<String, Object> user = Map.of("name", "N", "email", email, "role", "tenant_user");
    return customer.admin().post("/api/users", user).is(201).id();
  }

  /** Goes all the way, and tells to which page that leads. */
  String signIn(Browser browser, Registered provider, String query) {
    return page(browser.follow(at(provider.path() + query), this::isPage));
  }

  String signIn(Browser browser, Registered provider) {
    return signIn(browser, provider, "");
  }

  /** Goes to the provider and back, but not in. */
  URI comeBack(Browser browser, Registered provider) {
    return browser.follow(at(provider.path()), isCallback());
  }

  Predicate<URI> isCallback() {
    return address -> isHere(address) && address.getPath().equals(CALLBACK);
  }

  boolean isPage(URI address) {
    return isHere(address) && !address.getPath().startsWith("/api/");
  }

  /** A page of ours, without the host. */
  String page(URI address) {
    return address.toString().substring(at("").toString().length());
  }

  /** The access token that a browser gets for its cookie. */
  Answer token(Browser browser) {
    Answer answer =
        varve
            .api()
            .with("Cookie", browser.cookies(at("")))
            .with("Varve-Csrf", "1")
            .post("/api/auth/refresh");
    if (answer.status() == 200) {
      browser.keep(at(""), String.valueOf(answer.header("Set-Cookie")));
    }
    return answer;
  }

  /** Whoever is signed in in a browser. */
  Api as(Browser browser) {
    return varve.api().as(token(browser).is(200).json().path("accessToken").asString());
  }

  String email(Browser browser) {
    return as(browser).get("/api/me").is(200).json().path("email").asString();
  }

  boolean isVerified(Browser browser) {
    String token = token(browser).is(200).json().path("accessToken").asString();
    try {
      return SignedJWT.parse(token).getJWTClaimsSet().getBooleanClaim("mfa_verified");
    } catch (ParseException malformed) {
      throw new IllegalStateException(malformed);
    }
  }

  private boolean isHere(URI address) {
    return at("").getAuthority().equals(address.getAuthority());
  }

  @Override
  public void close() {
    varve.close();
  }
}
