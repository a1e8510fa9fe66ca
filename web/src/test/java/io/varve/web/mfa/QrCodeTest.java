package io.varve.web.mfa;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.zxing.common.BitMatrix;
import com.google.zxing.qrcode.decoder.Decoder;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class QrCodeTest {

  @Test
  void aReaderFindsTheTextInTheImage() throws Exception {
    String text = Totp.uri(Totp.newSecret(), "ada@varve.test");
    assertThat(new Decoder().decode(modules(QrCode.svg(text))).getText()).isEqualTo(text);
  }

  @Test
  void thePageNeedsNothingElseToShowIt() {
    String uri = QrCode.dataUri("text");
    assertThat(uri).startsWith("data:image/svg+xml;base64,");
    String image = uri.substring(uri.indexOf(',') + 1);
    assertThat(new String(Base64.getDecoder().decode(image), US_ASCII))
        .isEqualTo(QrCode.svg("text"));
  }

  /** The dark modules of an image, without the light ones around. */
  private static BitMatrix modules(String svg) {
    Matcher size = Pattern.compile("viewBox=\"0 0 (\\d+) ").matcher(svg);
    assertThat(size.find()).isTrue();
    var modules = new BitMatrix(Integer.parseInt(size.group(1)) - 8);
    Matcher dark = Pattern.compile("M(\\d+) (\\d+)h1v1h-1z").matcher(svg);
    while (dark.find()) {
      modules.set(Integer.parseInt(dark.group(1)) - 4, Integer.parseInt(dark.group(2)) - 4);
    }
    return modules;
  }
}
