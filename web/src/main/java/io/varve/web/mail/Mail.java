package io.varve.web.mail;

import io.varve.web.mail.MailSettings.Security;
import java.time.Duration;
import java.util.Properties;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.mail.MailException;
import org.springframework.mail.SimpleMailMessage;
import org.springframework.mail.javamail.JavaMailSender;
import org.springframework.mail.javamail.JavaMailSenderImpl;

/** Sends letters in plain text, over SMTP where a server is configured. */
public final class Mail {

  private static final Logger log = LoggerFactory.getLogger(Mail.class);
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final String from;
  private final @Nullable JavaMailSender sender;

  /** A letter was not taken; it can be sent again. */
  public static final class Undeliverable extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Undeliverable(Throwable cause) {
      super("the mail server did not take the letter", cause);
    }
  }

  Mail(MailSettings settings) {
    this.from = settings.from();
    this.sender = settings.host() == null ? null : sender(settings, settings.host());
  }

  /**
   * Sends a letter, within {@code 10} seconds a step. Without a mail server it is one line of the
   * log instead, for the operator to hand on: then the log holds whatever link the letter has.
   *
   * @throws Undeliverable if the server does not take it
   * @throws IllegalArgumentException if an address or the subject is not one line
   */
  public void send(String to, String subject, String text) {
    requireLine(to);
    requireLine(subject);
    if (sender == null) {
      log.warn(
          "MAIL NOT SENT, as varve.mail.host is not set. Hand it on: to <{}>, subject \"{}\": {}",
          to,
          subject,
          text.strip().replaceAll("\\p{Cntrl}+", " | "));
      return;
    }
    var letter = new SimpleMailMessage();
    letter.setFrom(from);
    letter.setTo(to);
    letter.setSubject(subject);
    letter.setText(text);
    try {
      sender.send(letter);
    } catch (MailException failure) {
      throw new Undeliverable(failure);
    }
  }

  /** A line break would begin another header. */
  private static void requireLine(String text) {
    if (text.codePoints().anyMatch(Character::isISOControl)) {
      throw new IllegalArgumentException("not one line");
    }
  }

  private static JavaMailSender sender(MailSettings settings, String host) {
    var sender = new JavaMailSenderImpl();
    sender.setHost(host);
    sender.setPort(settings.port());
    sender.setUsername(settings.username());
    sender.setPassword(settings.password());
    sender.setDefaultEncoding("UTF-8");
    Properties properties = sender.getJavaMailProperties();
    properties.setProperty("mail.smtp.auth", Boolean.toString(settings.username() != null));
    properties.setProperty("mail.smtp.ssl.checkserveridentity", "true");
    for (String step : new String[] {"connectiontimeout", "timeout", "writetimeout"}) {
      properties.setProperty("mail.smtp." + step, Long.toString(PATIENCE.toMillis()));
    }
    if (settings.security() == Security.STARTTLS) {
      properties.setProperty("mail.smtp.starttls.enable", "true");
      properties.setProperty("mail.smtp.starttls.required", "true");
    }
    if (settings.security() == Security.TLS) {
      properties.setProperty("mail.smtp.ssl.enable", "true");
    }
    return sender;
  }
}
