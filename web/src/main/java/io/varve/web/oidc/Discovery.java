package io.varve.web.oidc;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.nimbusds.jose.KeySourceException;
import com.nimbusds.jose.jwk.JWKMatcher;
import com.nimbusds.jose.jwk.JWKSelector;
import com.nimbusds.jose.jwk.KeyType;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.jwk.source.JWKSourceBuilder;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.oauth2.sdk.ParseException;
import com.nimbusds.oauth2.sdk.ResponseType;
import com.nimbusds.oauth2.sdk.http.HTTPResponse;
import com.nimbusds.oauth2.sdk.id.Issuer;
import com.nimbusds.oauth2.sdk.pkce.CodeChallengeMethod;
import com.nimbusds.openid.connect.sdk.op.OIDCProviderConfigurationRequest;
import com.nimbusds.openid.connect.sdk.op.OIDCProviderMetadata;
import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What providers say of themselves (OpenID Connect Discovery 1.0), remembered for minutes. */
final class Discovery {

  private static final Duration REMEMBERED = Duration.ofMinutes(10);
  private static final int PROVIDERS = 1_000;
  private static final Duration KEYS_REMEMBERED = Duration.ofMinutes(5);
  private static final Duration KEYS_AWAITED = Duration.ofSeconds(15);
  private static final Duration KEYS_ASKED_AT_MOST = Duration.ofMinutes(1);

  private final Outbound outbound;
  private final Cache<String, Discovered> found =
      Caffeine.newBuilder().expireAfterWrite(REMEMBERED).maximumSize(PROVIDERS).build();

  /** A provider's endpoints, all of them where they may be, and the keys that it signs with. */
  record Discovered(OIDCProviderMetadata metadata, JWKSource<SecurityContext> keys) {}

  Discovery(Outbound outbound) {
    this.outbound = outbound;
  }

  /**
   * What the provider of an issuer says, or said minutes ago.
   *
   * @throws ProviderFault if it says nothing, or what cannot be used
   */
  Discovered of(String issuer) throws ProviderFault {
    // Asked outside of the cache, so that a slow provider keeps nobody else waiting.
    Discovered known = found.getIfPresent(issuer);
    return known == null ? anew(issuer) : known;
  }

  /** What the provider says now, its keys included. */
  void check(String issuer) throws ProviderFault {
    Discovered discovered = anew(issuer);
    try {
      var signing =
          new JWKSelector(new JWKMatcher.Builder().keyTypes(KeyType.RSA, KeyType.EC).build());
      if (discovered.keys().get(signing, null).isEmpty()) {
        throw new ProviderFault("The provider's key set has no RSA or EC key.");
      }
    } catch (KeySourceException unreadable) {
      throw new ProviderFault("The provider's key set cannot be read.", unreadable);
    }
  }

  private Discovered anew(String issuer) throws ProviderFault {
    OIDCProviderMetadata metadata = parse(fetch(issuer));
    if (!metadata.getIssuer().getValue().equals(issuer)) {
      throw new ProviderFault(
          "The provider calls itself by another issuer; both must be the same to the letter.");
    }
    requireEndpoint("authorization endpoint", metadata.getAuthorizationEndpointURI());
    requireEndpoint("token endpoint", metadata.getTokenEndpointURI());
    requireEndpoint("key set", metadata.getJWKSetURI());
    if (metadata.getUserInfoEndpointURI() != null) {
      requireEndpoint("user info endpoint", metadata.getUserInfoEndpointURI());
    }
    requireCodeFlow(metadata);
    var discovered = new Discovered(metadata, keys(metadata.getJWKSetURI()));
    found.put(issuer, discovered);
    return discovered;
  }

  private HTTPResponse fetch(String issuer) throws ProviderFault {
    try {
      return new OIDCProviderConfigurationRequest(new Issuer(issuer))
          .toHTTPRequest()
          .send(outbound);
    } catch (UnknownHostException unknown) {
      throw new ProviderFault("The issuer's host has no public address.", unknown);
    } catch (IOException failure) {
      throw new ProviderFault(
          "The issuer cannot be reached over https, or did not answer in time.", failure);
    }
  }

  private static OIDCProviderMetadata parse(HTTPResponse response) throws ProviderFault {
    if (response.getStatusCode() != HTTPResponse.SC_OK) {
      throw new ProviderFault(
          "The issuer has no description at /.well-known/openid-configuration: it answered "
              + response.getStatusCode()
              + ".");
    }
    try {
      return OIDCProviderMetadata.parse(response.getBodyAsJSONObject());
    } catch (ParseException malformed) {
      throw new ProviderFault("The issuer's description is no OpenID configuration.", malformed);
    }
  }

  private void requireEndpoint(String name, @Nullable URI address) throws ProviderFault {
    if (address == null || !outbound.admits(address)) {
      throw new ProviderFault("The provider names no " + name + " with an https address.");
    }
  }

  private static void requireCodeFlow(OIDCProviderMetadata metadata) throws ProviderFault {
    List<ResponseType> types = metadata.getResponseTypes();
    if (types != null && !types.contains(ResponseType.CODE)) {
      throw new ProviderFault("The provider does not offer the authorization code flow.");
    }
    List<CodeChallengeMethod> methods = metadata.getCodeChallengeMethods();
    if (methods != null && !methods.contains(CodeChallengeMethod.S256)) {
      throw new ProviderFault("The provider does not offer PKCE with S256.");
    }
  }

  private JWKSource<SecurityContext> keys(URI address) throws ProviderFault {
    try {
      return JWKSourceBuilder.create(address.toURL(), outbound)
          .cache(KEYS_REMEMBERED.toMillis(), KEYS_AWAITED.toMillis())
          .refreshAheadCache(false)
          .rateLimited(KEYS_ASKED_AT_MOST.toMillis())
          .build();
    } catch (MalformedURLException malformed) {
      throw new ProviderFault("The provider's key set has no usable address.", malformed);
    }
  }
}
