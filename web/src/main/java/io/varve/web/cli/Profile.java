package io.varve.web.cli;

import io.varve.postgres.cluster.DataFolder;
import java.util.List;
import java.util.Locale;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.PropertyResolver;

/** What an installation is for. */
enum Profile {
  DEVELOPMENT {
    @Override
    void require(ConfigurableEnvironment settings, DataFolder folder, ExternalDatabase external) {}
  },
  PRODUCTION {
    @Override
    void require(ConfigurableEnvironment settings, DataFolder folder, ExternalDatabase external) {
      List<String> reasons = new Production(settings, folder.root(), external).reasons();
      if (!reasons.isEmpty()) {
        throw new Refused(String.join("\n", reasons));
      }
    }
  };

  static final String SETTING = "varve.profile";

  /** Whether the demo is to be laid down. */
  static final String DEMO = "varve.demo";

  /**
   * @throws Refused if the installation is not fit for it
   */
  abstract void require(
      ConfigurableEnvironment settings, DataFolder folder, ExternalDatabase external);

  static Profile of(PropertyResolver settings) {
    String name = settings.getProperty(SETTING, "development");
    return switch (name.toLowerCase(Locale.ROOT)) {
      case "development" -> DEVELOPMENT;
      case "production" -> PRODUCTION;
      default ->
          throw new Refused(
              "There is no profile \"%s\": there are development and production.".formatted(name));
    };
  }
}
