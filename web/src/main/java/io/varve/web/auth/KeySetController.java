package io.varve.web.auth;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.RSAKey;
import io.varve.web.access.Public;
import io.varve.web.openapi.Says;
import java.time.Duration;
import java.util.List;
import org.springframework.http.CacheControl;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** For others who are to believe our access tokens. */
@RestController
final class KeySetController {

  /** Much less than an old key is good for, so that nobody misses a new one for long. */
  private static final CacheControl CACHE =
      CacheControl.maxAge(Duration.ofMinutes(1)).cachePublic();

  private final SigningKeys keys;

  KeySetController(SigningKeys keys) {
    this.keys = keys;
  }

  /** A JWK Set (RFC 7517). */
  record KeySet(List<Key> keys) {}

  /** The public part of an RSA key (RFC 7518, section 6.3.1). */
  record Key(String kty, String use, String alg, String kid, String n, String e) {

    static Key of(RSAKey key) {
      return new Key(
          key.getKeyType().getValue(),
          KeyUse.SIGNATURE.getValue(),
          JWSAlgorithm.RS256.getName(),
          key.getKeyID(),
          key.getModulus().toString(),
          key.getPublicExponent().toString());
    }
  }

  @Public
  @Says("Lists the keys that verify access tokens now, as a JWK Set")
  @GetMapping("/.well-known/jwks.json")
  ResponseEntity<KeySet> keySet() {
    return ResponseEntity.ok()
        .cacheControl(CACHE)
        .body(new KeySet(keys.verifying().stream().map(Key::of).toList()));
  }
}
