package io.varve.web.cli;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.varve.web.testing.SelfSigned;
import io.varve.web.testing.TestVarve;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.HashMap;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TlsTest {

  @TempDir Path folder;

  @Test
  void aRenewedCertificateIsServedWithoutARestart() throws Exception {
    var certificate = new SelfSigned(folder);
    var settings =
        new HashMap<String, Object>(Tls.settings(certificate.certificate(), certificate.key()));
    settings.put("spring.ssl.bundle.watch.file.quiet-period", "200ms");
    try (TestVarve varve = TestVarve.start(settings)) {
      assertThat(status(certificate, varve.port())).isEqualTo(200);
      certificate.renew();
      await()
          .atMost(20, SECONDS)
          .ignoreException(SSLHandshakeException.class)
          .until(() -> status(certificate, varve.port()) == 200);
    }
  }

  @Test
  void bothFilesAreNeeded() {
    Path missing = folder.resolve("missing.pem");
    assertThat(Tls.settings(null, null)).isEmpty();
    assertThatThrownBy(() -> Tls.settings(missing, null))
        .isInstanceOf(Refused.class)
        .hasMessage("TLS needs both --tls-certificate and --tls-key.");
    assertThatThrownBy(() -> Tls.settings(missing, missing))
        .isInstanceOf(Refused.class)
        .hasMessage("The file %s cannot be read.".formatted(missing));
  }

  /** Asked by a client of its own, which remembers no earlier handshake. */
  private static int status(SelfSigned trusted, int port) throws IOException, InterruptedException {
    URI uri = URI.create("https://localhost:" + port + "/health/live");
    try (HttpClient client = HttpClient.newBuilder().sslContext(trusted.trust()).build()) {
      return client
          .send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.discarding())
          .statusCode();
    }
  }
}
