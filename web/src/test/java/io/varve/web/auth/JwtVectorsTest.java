package io.varve.web.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.proc.JWSKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jose.util.Base64URL;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.List;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.security.oauth2.core.OAuth2Error;
import org.springframework.security.oauth2.jwt.JwtException;
import org.springframework.security.oauth2.jwt.JwtValidationException;

/** The examples of RFC 7515 (JWS) and RFC 7519 (JWT), on the way that our tokens go. */
class JwtVectorsTest {

  private static final String CLAIMS =
      "eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFt"
          + "cGxlLmNvbS9pc19yb290Ijp0cnVlfQ";

  private static final Instant EXPIRY = Instant.ofEpochSecond(1300819380);

  /** RFC 7515, appendix A.2. */
  private static final String RS256 =
      "eyJhbGciOiJSUzI1NiJ9."
          + CLAIMS
          + ".cC4hiUPoj9Eetdgtv3hF80EGrhuB__dzERat0XF9g2VtQgr9PJbu3XOiZj5RZmh7"
          + "AAuHIm4Bh-0Qc_lF5YKt_O8W2Fp5jujGbds9uJdbF9CUAr7t1dnZcAcQjbKBYNX4"
          + "BAynRFdiuB--f_nZLgrnbyTyWzO75vRK5h6xBArLIARNPvkSjtQBMHlb1L07Qe7K"
          + "0GarZRmB_eSN9383LcOLn6_dO--xi12jzDwusC-eOkHWEsqtFZESc6BfI7noOPqv"
          + "hJ1phCnvWh6IeYI2w9QOYEUipUTI8np6LbgGY9Fs98rqVt5AXLIhWkWywlVmtVrB"
          + "p0igcN_IoypGlUPQGe77Rw";

  private static final RSAKey RS256_KEY =
      new RSAKey.Builder(
              new Base64URL(
                  "ofgWCuLjybRlzo0tZWJjNiuSfb4p4fAkd_wWJcyQoTbji9k0l8W26mPddxHmfHQp"
                      + "-Vaw-4qPCJrcS2mJPMEzP1Pt0Bm4d4QlL-yRT-SFd2lZS-pCgNMsD1W_YpRPEwOW"
                      + "vG6b32690r2jZ47soMZo9wGzjb_7OMg0LOL-bSf63kpaSHSXndS5z5rexMdbBYUs"
                      + "LA9e-KXBdQOS-UTo7WTBEMa2R2CapHg665xsmtdVMTBQY4uDZlxvb3qCo5ZwKh9k"
                      + "G4LT6_I5IhlJH7aGhyxXFvUK-DWNmoudF8NAco9_h9iaGNj8q2ethFkMLs91kzk2"
                      + "PAcDTW9gb54h4FRWyuXpoQ"),
              new Base64URL("AQAB"))
          .build();

  /** RFC 7519, section 3.1; its key is that of RFC 7515, appendix A.1. */
  private static final String HS256 =
      "eyJ0eXAiOiJKV1QiLA0KICJhbGciOiJIUzI1NiJ9."
          + CLAIMS
          + ".dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";

  private static final String HS256_KEY =
      "AyM1SysPpbyDfgZld3umj1qzKObwVMkoqQ-EstJQLr_T-1qS0gZH75aKtMN3Yj0iPS4hcgUuTwjAzZr1Z9CAow";

  /** RFC 7519, section 6.1. */
  private static final String UNSECURED = "eyJhbGciOiJub25lIn0." + CLAIMS + ".";

  @TempDir Path folder;

  @Test
  void theSignatureOfTheExampleIsGoodAndItsIssuerAndItsExpiryAreNot() {
    assertThat(errors(EXPIRY.minusSeconds(1)))
        .isNotEmpty()
        .anyMatch(error -> error.contains("iss"))
        .noneMatch(error -> error.contains("expired"));
    assertThat(errors(EXPIRY.plusSeconds(1))).anyMatch(error -> error.contains("expired"));
  }

  @Test
  void theExampleWithAnotherSignatureIsRefusedBeforeItsClaimsAreLookedAt() {
    String tampered = RS256.replace(".cC4h", ".cC4i");
    assertThat(refusal(tampered, vectorKey(), EXPIRY))
        .isNotInstanceOf(JwtValidationException.class);
  }

  @Test
  void ourKeysVerifyNoneOfTheExamples() {
    SigningKeys keys = SigningKeys.open(folder.resolve("key"), Clock.systemUTC());
    for (String example : List.of(RS256, HS256, UNSECURED)) {
      assertThat(refusal(example, (header, context) -> keys.verifying(header), EXPIRY))
          .isNotInstanceOf(JwtValidationException.class);
    }
  }

  @Test
  void aTokenWithoutASignatureIsRefusedWhateverKeysThereAre() {
    assertThat(refusal(UNSECURED, vectorKey(), EXPIRY))
        .isNotInstanceOf(JwtValidationException.class);
  }

  /** So that our own choice of keys, by algorithm, is what keeps HMAC out, and it is needed. */
  @Test
  void aSharedSecretWouldVerifyIfAKeyWereChosenForIt() {
    byte[] secret = Base64.getUrlDecoder().decode(HS256_KEY);
    assertThat(
            refusal(
                HS256,
                (header, context) -> List.of(new SecretKeySpec(secret, "HmacSHA256")),
                EXPIRY.minus(Duration.ofSeconds(1))))
        .isInstanceOf(JwtValidationException.class);
  }

  private static List<String> errors(Instant now) {
    return ((JwtValidationException) refusal(RS256, vectorKey(), now))
        .getErrors().stream().map(OAuth2Error::getDescription).toList();
  }

  private static JwtException refusal(
      String token, JWSKeySelector<SecurityContext> keys, Instant now) {
    return catchThrowableOfType(
        JwtException.class,
        () -> Tokens.decoder(keys, Clock.fixed(now, ZoneOffset.UTC)).decode(token));
  }

  private static JWSKeySelector<SecurityContext> vectorKey() {
    return (header, context) -> {
      try {
        return List.of(RS256_KEY.toRSAPublicKey());
      } catch (JOSEException impossible) {
        throw new AssertionError(impossible);
      }
    };
  }
}
