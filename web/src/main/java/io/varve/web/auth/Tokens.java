package io.varve.web.auth;

import static java.util.Objects.requireNonNull;

import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.proc.JWSKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import io.varve.events.access.Role;
import io.varve.events.identity.User;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.springframework.security.oauth2.core.DelegatingOAuth2TokenValidator;
import org.springframework.security.oauth2.jose.jws.SignatureAlgorithm;
import org.springframework.security.oauth2.jwt.JwsHeader;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtClaimsSet;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.JwtEncoder;
import org.springframework.security.oauth2.jwt.JwtEncoderParameters;
import org.springframework.security.oauth2.jwt.JwtIssuerValidator;
import org.springframework.security.oauth2.jwt.JwtTimestampValidator;
import org.springframework.security.oauth2.jwt.NimbusJwtDecoder;
import org.springframework.security.oauth2.jwt.NimbusJwtEncoder;

/**
 * Access tokens: JWTs (RFC 9068 in spirit), signed with RS256 and good for a quarter of an hour.
 */
public final class Tokens {

  static final Duration LIFETIME = Duration.ofMinutes(15);
  static final String TENANT = "tenant";
  static final String ROLE = "role";

  /** Which version of a custom role's permissions the token was made with: there are none yet. */
  static final String PERMISSIONS_VERSION = "pv";

  private static final String ISSUER = "varve";

  private final JwtEncoder encoder;
  private final JwtDecoder decoder;
  private final Clock clock;

  /** A token as it is handed out. */
  record Issued(String value, Duration lifetime) {}

  Tokens(SigningKeys keys, Clock clock) {
    this.encoder =
        new NimbusJwtEncoder((selector, context) -> selector.select(new JWKSet(keys.current())));
    this.decoder = decoder((header, context) -> keys.verifying(header), clock);
    this.clock = clock;
  }

  Issued issue(User user) {
    Instant now = clock.instant();
    JwtClaimsSet claims =
        JwtClaimsSet.builder()
            .issuer(ISSUER)
            .subject(user.id().value().toString())
            .issuedAt(now)
            .expiresAt(now.plus(LIFETIME))
            .id(UUID.randomUUID().toString())
            .claim(TENANT, user.home().toString())
            .claim(ROLE, user.role().text())
            .claim(PERMISSIONS_VERSION, 0)
            .build();
    var header = JwsHeader.with(SignatureAlgorithm.RS256).type("JWT").build();
    Jwt token = encoder.encode(JwtEncoderParameters.from(header, claims));
    return new Issued(token.getTokenValue(), LIFETIME);
  }

  JwtDecoder decoder() {
    return decoder;
  }

  static UUID user(Jwt token) {
    return UUID.fromString(token.getSubject());
  }

  static UUID tenant(Jwt token) {
    return UUID.fromString(token.getClaimAsString(TENANT));
  }

  static Role role(Jwt token) {
    return Role.parse(requireNonNull(token.getClaimAsString(ROLE)));
  }

  /**
   * @param keys finds the key that a token's header names
   */
  static JwtDecoder decoder(JWSKeySelector<SecurityContext> keys, Clock clock) {
    var processor = new DefaultJWTProcessor<>();
    processor.setJWSKeySelector(keys);
    // What the claims must be is said below, with our clock.
    processor.setJWTClaimsSetVerifier((claims, context) -> {});
    var timestamps = new JwtTimestampValidator(Duration.ZERO);
    timestamps.setClock(clock);
    var decoder = new NimbusJwtDecoder(processor);
    decoder.setJwtValidator(
        new DelegatingOAuth2TokenValidator<>(timestamps, new JwtIssuerValidator(ISSUER)));
    return decoder;
  }
}
