package io.varve.web.auth;

import static java.util.Objects.requireNonNull;

import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.proc.JWSKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import io.varve.events.access.Role;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.security.oauth2.core.DelegatingOAuth2TokenValidator;
import org.springframework.security.oauth2.jose.jws.SignatureAlgorithm;
import org.springframework.security.oauth2.jwt.JwsHeader;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtAudienceValidator;
import org.springframework.security.oauth2.jwt.JwtClaimNames;
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

  private static final String ISSUER = "varve";
  private static final String AUDIENCE = "varve-api";
  private static final String TENANT = "tenant";
  private static final String ROLE = "role";
  private static final String SESSION = "sid";

  /** Which version of its user's permissions the token was made with. */
  private static final String PERMISSIONS_VERSION = "pv";

  private static final String VERIFIED = "mfa_verified";
  private static final String VERIFIED_AT = "mfa_verified_at";

  /** Who acts as the subject (RFC 8693, section 4.1). */
  private static final String ACTOR = "act";

  private static final String IMPERSONATION = "impersonation";

  private final JwtEncoder encoder;
  private final JwtDecoder decoder;
  private final Clock clock;

  /** A token as it is handed out. */
  public record Issued(String value, Duration lifetime) {}

  Tokens(SigningKeys keys, Clock clock) {
    this.encoder =
        new NimbusJwtEncoder((selector, context) -> selector.select(new JWKSet(keys.current())));
    this.decoder = decoder((header, context) -> keys.verifying(header), clock);
    this.clock = clock;
  }

  /**
   * @param until when it ends at the latest
   */
  Issued issue(Claims claims, Role role, Instant until) {
    Instant now = clock.instant();
    Instant end = now.plus(LIFETIME);
    Instant expires = end.isAfter(until) ? until : end;
    JwtClaimsSet.Builder builder =
        JwtClaimsSet.builder()
            .issuer(ISSUER)
            .audience(List.of(AUDIENCE))
            .subject(claims.user().toString())
            .issuedAt(now)
            .expiresAt(expires)
            .id(UUID.randomUUID().toString())
            .claim(TENANT, claims.home().toString())
            .claim(ROLE, role.text())
            .claim(SESSION, claims.session().toString())
            .claim(PERMISSIONS_VERSION, claims.permissionsVersion())
            .claim(VERIFIED, claims.verifiedAt() != null);
    if (claims.verifiedAt() != null) {
      builder.claim(VERIFIED_AT, claims.verifiedAt().getEpochSecond());
    }
    if (claims.by() != null) {
      Claims.By by = claims.by();
      builder.claim(
          ACTOR,
          Map.of(
              JwtClaimNames.SUB,
              by.admin().toString(),
              TENANT,
              by.home().toString(),
              IMPERSONATION,
              by.impersonation().toString()));
    }
    var header = JwsHeader.with(SignatureAlgorithm.RS256).type("JWT").build();
    Jwt token = encoder.encode(JwtEncoderParameters.from(header, builder.build()));
    return new Issued(token.getTokenValue(), Duration.between(now, expires));
  }

  /** What a verified token says. */
  static Claims claims(Jwt token) {
    Long verifiedAt = token.getClaim(VERIFIED_AT);
    Map<String, Object> actor = token.getClaimAsMap(ACTOR);
    return new Claims(
        id(token.getClaimAsString(TENANT)),
        id(token.getSubject()),
        id(token.getClaimAsString(SESSION)),
        requireNonNull(token.getClaimAsString(PERMISSIONS_VERSION)),
        verifiedAt == null ? null : Instant.ofEpochSecond(verifiedAt),
        actor == null
            ? null
            : new Claims.By(
                id(actor.get(TENANT)),
                id(actor.get(JwtClaimNames.SUB)),
                id(actor.get(IMPERSONATION))));
  }

  private static UUID id(@Nullable Object claim) {
    return UUID.fromString(String.valueOf(claim));
  }

  JwtDecoder decoder() {
    return decoder;
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
        new DelegatingOAuth2TokenValidator<>(
            timestamps, new JwtIssuerValidator(ISSUER), new JwtAudienceValidator(AUDIENCE)));
    return decoder;
  }
}
