package io.varve.web.mfa;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.apache.commons.codec.binary.Base32;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TotpTest {

  /** Of RFC 6238, appendix B, for SHA-1. */
  private static final byte[] SECRET = "12345678901234567890".getBytes(US_ASCII);

  /** The RFC prints eight digits; six are the last six of them. */
  @ParameterizedTest
  @CsvSource({
    "59, 94287082",
    "1111111109, 07081804",
    "1111111111, 14050471",
    "1234567890, 89005924",
    "2000000000, 69279037",
    "20000000000, 65353130"
  })
  void theVectorsOfTheRfcHold(long time, String code) {
    Instant at = Instant.ofEpochSecond(time);
    assertThat(Totp.code(SECRET, at)).isEqualTo(code.substring(2));
    assertThat(Totp.stepOf(SECRET, code.substring(2), at)).hasValue(time / 30);
  }

  @Test
  void aCodeIsGoodForOneStepBeforeAndAfterAndNoLonger() {
    Instant at = Instant.parse("2026-01-01T00:00:10Z");
    String code = Totp.code(SECRET, at);
    long step = at.getEpochSecond() / 30;
    assertThat(Totp.stepOf(SECRET, code, at.minusSeconds(30))).hasValue(step);
    assertThat(Totp.stepOf(SECRET, code, at.plusSeconds(30))).hasValue(step);
    assertThat(Totp.stepOf(SECRET, code, at.minusSeconds(60))).isEmpty();
    assertThat(Totp.stepOf(SECRET, code, at.plusSeconds(60))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "28708", "2870820", " 287082", "２８７０８２", "287082\u0000"})
  void nothingButTheSixDigitsIsTheCode(String code) {
    assertThat(Totp.stepOf(SECRET, code, Instant.ofEpochSecond(59))).isEmpty();
  }

  @Test
  void theUriSaysWhatAnAuthenticatorNeeds() {
    assertThat(Totp.uri(SECRET, "ada+a:b@varve.test"))
        .isEqualTo(
            "otpauth://totp/Varve:ada%2Ba%3Ab%40varve.test"
                + "?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"
                + "&issuer=Varve&algorithm=SHA1&digits=6&period=30");
  }

  @Test
  void eachSecretIsNewAndAsLongAsTheHash() {
    assertThat(Totp.newSecret()).hasSize(20).isNotEqualTo(Totp.newSecret());
    assertThat(new Base32().decode(Totp.base32(SECRET))).isEqualTo(SECRET);
  }
}
