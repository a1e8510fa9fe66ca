package io.varve.web.mail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import io.varve.web.mail.MailSettings.Security;
import io.varve.web.testing.TestVarve;
import jakarta.mail.internet.MimeMessage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

class MailTest {

  private static final String TEXT = "Good morning, Zoë.\n\nhttps://varve.test/invitation#abc\n";

  private final GreenMail server =
      new GreenMail(new ServerSetup(0, null, ServerSetup.PROTOCOL_SMTP));

  @BeforeEach
  void start() {
    server.start();
    server.setUser("varve@varve.test", "varve", "pass-word");
  }

  @AfterEach
  void stop() {
    server.stop();
  }

  @Test
  void aLetterGoesToTheMailServer() throws Exception {
    mail(settings("pass-word", Security.NONE)).send("zoe@varve.test", "Willkommen ✓", TEXT);
    MimeMessage letter = server.getReceivedMessages()[0];
    assertThat(letter.getSubject()).isEqualTo("Willkommen ✓");
    assertThat(letter.getFrom()[0]).hasToString("varve@varve.test");
    assertThat(letter.getAllRecipients()[0]).hasToString("zoe@varve.test");
    assertThat(letter.getContentType()).startsWith("text/plain");
    assertThat(letter.getContent().toString().replace("\r", "").strip()).isEqualTo(TEXT.strip());
  }

  @Test
  void aServerThatDoesNotTakeItIsNoticed() {
    assertThatThrownBy(
            () -> mail(settings("wrong", Security.NONE)).send("zoe@varve.test", "Hi", TEXT))
        .isInstanceOf(Mail.Undeliverable.class)
        .hasMessageNotContaining("abc");
  }

  @Test
  void aServerWithoutEncryptionGetsNothingUnlessThatIsWanted() {
    assertThatThrownBy(
            () -> mail(settings("pass-word", Security.STARTTLS)).send("a@varve.test", "Hi", TEXT))
        .isInstanceOf(Mail.Undeliverable.class);
  }

  @Test
  void nobodyAddsAHeader() {
    Mail mail = mail(settings("pass-word", Security.NONE));
    assertThatThrownBy(() -> mail.send("zoe@varve.test", "Hi\r\nBcc: eve@varve.test", TEXT))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> mail.send("zoe@varve.test\nBcc: eve@varve.test", "Hi", TEXT))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void withoutAServerTheOperatorFindsTheLetterInOneLineOfTheLog() {
    var logger = (Logger) LoggerFactory.getLogger(Mail.class);
    var lines = new ListAppender<ILoggingEvent>();
    lines.start();
    logger.addAppender(lines);
    try {
      mail(new MailSettings(null, 587, null, null, "varve@varve.test", Security.STARTTLS))
          .send("zoe@varve.test", "Hi", TEXT);
    } finally {
      logger.detachAppender(lines);
    }
    assertThat(lines.list).hasSize(1);
    assertThat(lines.list.getFirst().getLevel()).isEqualTo(Level.WARN);
    assertThat(lines.list.getFirst().getFormattedMessage())
        .startsWith("MAIL NOT SENT")
        .contains("<zoe@varve.test>", "https://varve.test/invitation#abc")
        .hasLineCount(1);
  }

  @Test
  void thePasswordMayComeFromASecretFile(@TempDir Path secrets) throws IOException {
    Files.writeString(secrets.resolve("varve.mail.password"), "pass-word\n");
    Map<String, Object> settings =
        Map.of(
            "spring.config.import", "configtree:" + secrets + "/",
            "varve.mail.host", "localhost",
            "varve.mail.port", server.getSmtp().getPort(),
            "varve.mail.username", "varve",
            "varve.mail.security", "none");
    try (TestVarve varve = TestVarve.start(settings)) {
      varve.bean(Mail.class).send("zoe@varve.test", "Hi", TEXT);
    }
    assertThat(server.getReceivedMessages()).hasSize(1);
  }

  private static Mail mail(MailSettings settings) {
    return new Mail(settings);
  }

  private MailSettings settings(String password, Security security) {
    int port = server.getSmtp().getPort();
    return new MailSettings("localhost", port, "varve", password, "varve@varve.test", security);
  }
}
