package io.varve.web.auth;

import io.varve.web.key.KeySecrets;
import io.varve.web.key.KnownKey;
import java.util.List;
import org.springframework.security.authentication.AuthenticationManager;
import org.springframework.security.authentication.BadCredentialsException;
import org.springframework.security.authentication.ProviderManager;
import org.springframework.security.core.Authentication;
import org.springframework.security.oauth2.server.resource.authentication.BearerTokenAuthenticationToken;
import org.springframework.security.oauth2.server.resource.authentication.JwtAuthenticationProvider;
import org.springframework.security.web.authentication.preauth.PreAuthenticatedAuthenticationToken;

/** Tells whether what came as a bearer token is genuine: an access token or an API key. */
final class BearerTokens implements AuthenticationManager {

  private final AuthenticationManager tokens;
  private final KeySecrets keys;

  BearerTokens(Tokens tokens, KeySecrets keys) {
    this.tokens = new ProviderManager(new JwtAuthenticationProvider(tokens.decoder()));
    this.keys = keys;
  }

  @Override
  public Authentication authenticate(Authentication presented) {
    String token = ((BearerTokenAuthenticationToken) presented).getToken();
    if (!KeySecrets.areIn(token)) {
      return tokens.authenticate(presented);
    }
    KnownKey known =
        keys.verify(token).orElseThrow(() -> new BadCredentialsException("no such key"));
    return new PreAuthenticatedAuthenticationToken(known, "", List.of());
  }
}
