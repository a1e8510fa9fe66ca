package io.varve.web.mail;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The server that takes letters.
 *
 * @param host absent where there is none: letters then go to the log
 * @param password from a secret file
 * @param from whom letters come from
 */
@ConfigurationProperties("varve.mail")
record MailSettings(
    @Nullable String host,
    @DefaultValue("587") int port,
    @Nullable String username,
    @Nullable String password,
    @DefaultValue("varve@localhost") String from,
    @DefaultValue("starttls") Security security) {

  enum Security {
    /** The connection is encrypted before anything is said; refused where the server cannot. */
    STARTTLS,
    /** Encrypted from the start, usually on port 465. */
    TLS,
    /** In the clear: for a server on the same machine. */
    NONE
  }

  /** Without the password. */
  @Override
  public String toString() {
    return "MailSettings[%s:%d]".formatted(host, port);
  }
}
