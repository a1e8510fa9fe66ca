package io.varve.web.password;

import org.springframework.core.env.Environment;

/** Where people reach this installation, as {@code varve.public-url} says. */
final class PublicUrl {

  private final Environment environment;

  PublicUrl(Environment environment) {
    this.environment = environment;
  }

  /** Without a setting, a browser on the same machine; the port is known once the server runs. */
  String base() {
    String port =
        environment.getProperty(
            "local.server.port", environment.getProperty("server.port", "8080"));
    return environment
        .getProperty("varve.public-url", "http://localhost:" + port)
        .replaceFirst("/+$", "");
  }
}
