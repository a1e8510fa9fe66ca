package io.varve.web.oidc;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jwt.JWT;
import com.nimbusds.oauth2.sdk.AuthorizationCode;
import com.nimbusds.oauth2.sdk.AuthorizationCodeGrant;
import com.nimbusds.oauth2.sdk.ParseException;
import com.nimbusds.oauth2.sdk.ResponseType;
import com.nimbusds.oauth2.sdk.Scope;
import com.nimbusds.oauth2.sdk.TokenRequest;
import com.nimbusds.oauth2.sdk.TokenResponse;
import com.nimbusds.oauth2.sdk.auth.ClientAuthentication;
import com.nimbusds.oauth2.sdk.auth.ClientAuthenticationMethod;
import com.nimbusds.oauth2.sdk.auth.ClientSecretBasic;
import com.nimbusds.oauth2.sdk.auth.ClientSecretPost;
import com.nimbusds.oauth2.sdk.auth.Secret;
import com.nimbusds.oauth2.sdk.id.ClientID;
import com.nimbusds.oauth2.sdk.id.Identifier;
import com.nimbusds.oauth2.sdk.id.State;
import com.nimbusds.oauth2.sdk.pkce.CodeChallengeMethod;
import com.nimbusds.oauth2.sdk.pkce.CodeVerifier;
import com.nimbusds.oauth2.sdk.token.AccessToken;
import com.nimbusds.openid.connect.sdk.AuthenticationRequest;
import com.nimbusds.openid.connect.sdk.AuthenticationResponse;
import com.nimbusds.openid.connect.sdk.Nonce;
import com.nimbusds.openid.connect.sdk.OIDCTokenResponse;
import com.nimbusds.openid.connect.sdk.OIDCTokenResponseParser;
import com.nimbusds.openid.connect.sdk.UserInfoRequest;
import com.nimbusds.openid.connect.sdk.UserInfoResponse;
import com.nimbusds.openid.connect.sdk.claims.ClaimsSet;
import com.nimbusds.openid.connect.sdk.claims.IDTokenClaimsSet;
import com.nimbusds.openid.connect.sdk.claims.UserInfo;
import com.nimbusds.openid.connect.sdk.token.OIDCTokens;
import com.nimbusds.openid.connect.sdk.validators.AccessTokenValidator;
import com.nimbusds.openid.connect.sdk.validators.IDTokenValidator;
import com.nimbusds.openid.connect.sdk.validators.InvalidHashException;
import io.varve.events.provider.Provider;
import io.varve.web.oidc.Discovery.Discovered;
import io.varve.web.oidc.SignInFailure.Code;
import java.io.IOException;
import java.net.URI;
import java.text.Normalizer;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The authorization code flow of OpenID Connect Core 1.0, section 3.1, always with PKCE (S256) and
 * a nonce.
 */
final class CodeFlow {

  /** Only those with a public key: nobody who can check a token can make one. */
  private static final Set<JWSAlgorithm> ALGORITHMS =
      Set.of(
          JWSAlgorithm.RS256,
          JWSAlgorithm.RS384,
          JWSAlgorithm.RS512,
          JWSAlgorithm.PS256,
          JWSAlgorithm.PS384,
          JWSAlgorithm.PS512,
          JWSAlgorithm.ES256,
          JWSAlgorithm.ES384,
          JWSAlgorithm.ES512);

  private static final Duration SKEW = Duration.ofSeconds(30);
  private static final Scope SCOPE = new Scope("openid", "email");

  /** What says that more than a password was asked for (RFC 8176). */
  private static final Set<String> SECOND_FACTORS = Set.of("mfa", "otp", "hwk");

  private final Discovery discovery;
  private final Outbound outbound;

  /** What must come back, or be known, for an answer to be the one that was asked for. */
  record Pending(State state, Nonce nonce, CodeVerifier verifier) {}

  CodeFlow(Discovery discovery, Outbound outbound) {
    this.discovery = discovery;
    this.outbound = outbound;
  }

  /** Where the browser is sent. */
  URI begin(Provider provider, URI callback, Pending pending) throws SignInFailure {
    return new AuthenticationRequest.Builder(
            ResponseType.CODE, SCOPE, new ClientID(provider.clientId()), callback)
        .endpointURI(discovered(provider).metadata().getAuthorizationEndpointURI())
        .state(pending.state())
        .nonce(pending.nonce())
        .codeChallenge(pending.verifier(), CodeChallengeMethod.S256)
        .build()
        .toURI();
  }

  /**
   * Whom the provider vouches for.
   *
   * @param secret the client's, erased by whoever gives it; null for a public client
   */
  Identity finish(
      Provider provider,
      @Nullable Secret secret,
      URI callback,
      Pending pending,
      AuthenticationResponse response)
      throws SignInFailure {
    Discovered discovered = discovered(provider);
    requireIssuer(provider, discovered, response);
    if (!response.indicatesSuccess()) {
      throw new SignInFailure(Code.REFUSED, "the provider answered with an error");
    }
    AuthorizationCode code = response.toSuccessResponse().getAuthorizationCode();
    if (code == null) {
      throw new SignInFailure(Code.INVALID, "the answer has no code");
    }
    var grant = new AuthorizationCodeGrant(code, callback, pending.verifier());
    OIDCTokens tokens = exchange(discovered, provider, secret, grant);
    IDTokenClaimsSet claims = validate(provider, discovered, tokens, pending.nonce());
    return new Identity(
        claims.getSubject().getValue(),
        email(discovered, claims, tokens.getAccessToken()),
        isSecondFactor(claims) ? signedInAt(claims) : null);
  }

  private Discovered discovered(Provider provider) throws SignInFailure {
    try {
      return discovery.of(provider.issuer());
    } catch (ProviderFault fault) {
      throw new SignInFailure(Code.UNAVAILABLE, fault.sentence(), fault.getCause());
    }
  }

  /** Against answers that another provider gave (RFC 9207). */
  private static void requireIssuer(
      Provider provider, Discovered discovered, AuthenticationResponse response)
      throws SignInFailure {
    boolean told = response.getIssuer() != null;
    if (told
        ? !response.getIssuer().getValue().equals(provider.issuer())
        : discovered.metadata().supportsAuthorizationResponseIssuerParam()) {
      throw new SignInFailure(Code.INVALID, "the answer is another issuer's");
    }
  }

  private OIDCTokens exchange(
      Discovered discovered,
      Provider provider,
      @Nullable Secret secret,
      AuthorizationCodeGrant grant)
      throws SignInFailure {
    URI endpoint = discovered.metadata().getTokenEndpointURI();
    var client = new ClientID(provider.clientId());
    TokenRequest request =
        secret == null
            ? new TokenRequest.Builder(endpoint, client, grant).build()
            : new TokenRequest.Builder(endpoint, authentication(discovered, client, secret), grant)
                .build();
    try {
      TokenResponse response =
          OIDCTokenResponseParser.parse(request.toHTTPRequest().send(outbound));
      if (!(response instanceof OIDCTokenResponse success)) {
        throw new SignInFailure(Code.REFUSED, "the provider gave no tokens for the code");
      }
      return success.getOIDCTokens();
    } catch (IOException away) {
      throw new SignInFailure(Code.UNAVAILABLE, "the token endpoint cannot be reached", away);
    } catch (ParseException malformed) {
      throw new SignInFailure(Code.INVALID, "the token endpoint's answer is malformed");
    }
  }

  private static ClientAuthentication authentication(
      Discovered discovered, ClientID client, Secret secret) {
    List<ClientAuthenticationMethod> methods = discovered.metadata().getTokenEndpointAuthMethods();
    return methods == null || methods.contains(ClientAuthenticationMethod.CLIENT_SECRET_BASIC)
        ? new ClientSecretBasic(client, secret)
        : new ClientSecretPost(client, secret);
  }

  private static IDTokenClaimsSet validate(
      Provider provider, Discovered discovered, OIDCTokens tokens, Nonce nonce)
      throws SignInFailure {
    var client = new ClientID(provider.clientId());
    var validator =
        new IDTokenValidator(
            discovered.metadata().getIssuer(),
            client,
            new JWSVerificationKeySelector<>(ALGORITHMS, discovered.keys()),
            null);
    validator.setMaxClockSkew((int) SKEW.toSeconds());
    JWT token = tokens.getIDToken();
    try {
      IDTokenClaimsSet claims = validator.validate(token, nonce);
      if (claims.getAuthorizedParty() != null
          && !claims.getAuthorizedParty().getValue().equals(client.getValue())) {
        throw new SignInFailure(Code.INVALID, "the ID token was issued to another client");
      }
      if (claims.getAccessTokenHash() != null) {
        AccessTokenValidator.validate(
            tokens.getAccessToken(),
            (JWSAlgorithm) token.getHeader().getAlgorithm(),
            claims.getAccessTokenHash());
      }
      return claims;
    } catch (BadJOSEException | JOSEException | InvalidHashException invalid) {
      throw new SignInFailure(Code.INVALID, "the ID token is not valid", invalid);
    }
  }

  /** Of the ID token or, where that names no address, of the user info. */
  private @Nullable String email(Discovered discovered, IDTokenClaimsSet claims, AccessToken token)
      throws SignInFailure {
    URI endpoint = discovered.metadata().getUserInfoEndpointURI();
    if (claims.getClaim("email") != null || endpoint == null) {
      return verified(claims);
    }
    try {
      UserInfoResponse response =
          UserInfoResponse.parse(
              new UserInfoRequest(endpoint, token).toHTTPRequest().send(outbound));
      UserInfo info =
          response.indicatesSuccess() ? response.toSuccessResponse().getUserInfo() : null;
      return info == null || !info.getSubject().equals(claims.getSubject()) ? null : verified(info);
    } catch (IOException away) {
      throw new SignInFailure(Code.UNAVAILABLE, "the user info cannot be reached", away);
    } catch (ParseException malformed) {
      throw new SignInFailure(Code.INVALID, "the user info is malformed");
    }
  }

  /**
   * Microsoft says by {@code xms_edov} what others say by {@code email_verified}. An address that
   * only looks like another once it is normalized is not that other's.
   */
  private static @Nullable String verified(ClaimsSet claims) {
    boolean verified =
        isTrue(claims.getClaim("email_verified")) || isTrue(claims.getClaim("xms_edov"));
    String email = verified ? claims.getStringClaim("email") : null;
    return email != null && Normalizer.isNormalized(email, Normalizer.Form.NFKC) ? email : null;
  }

  private static boolean isTrue(@Nullable Object claim) {
    return Boolean.TRUE.equals(claim)
        || Set.of("true", "1").contains(Objects.toString(claim, "").toLowerCase(Locale.ROOT));
  }

  /**
   * A provider may remember somebody for long: then the token is newer than what it vouches for.
   */
  private static Instant signedInAt(IDTokenClaimsSet claims) {
    Date told = claims.getAuthenticationTime();
    return (told == null ? claims.getIssueTime() : told).toInstant();
  }

  private static boolean isSecondFactor(IDTokenClaimsSet claims) {
    var said = new HashSet<String>();
    if (claims.getAMR() != null) {
      claims.getAMR().stream().map(Identifier::getValue).forEach(said::add);
    }
    if (claims.getACR() != null) {
      said.add(claims.getACR().getValue());
    }
    said.retainAll(SECOND_FACTORS);
    return !said.isEmpty();
  }
}
