package io.varve.web.limit;

import io.varve.postgres.Database;
import io.varve.postgres.Expiring;
import io.varve.postgres.vault.Vault;
import io.varve.web.edge.EdgeConfiguration;
import io.varve.web.http.Problems;
import io.varve.web.limit.Limit.Precision;
import java.time.Clock;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Limits by address stand before authentication, a tenant's budget behind it. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(LimitSettings.class)
public class LimitConfiguration {

  /** After Spring Security, which binds the caller, and before the body is read. */
  private static final int AFTER_SECURITY = -10;

  @Bean
  static RateLimits rateLimits(Database database, Vault vault, Clock clock) {
    return new RateLimits(database, vault, clock);
  }

  @Bean
  static FilterRegistrationBean<AddressLimits> addressLimits(
      RateLimits limits, Problems problems, LimitSettings settings) {
    var filter =
        new FilterRegistrationBean<>(
            new AddressLimits(
                limits,
                problems,
                settings.login().limit("login", Precision.EXACT),
                settings.auth().limit("auth", Precision.EXACT),
                settings.address().limit("address", Precision.CLOSE)));
    filter.setOrder(EdgeConfiguration.ORDER + 2);
    return filter;
  }

  @Bean
  static FilterRegistrationBean<TenantBudget> tenantBudget(
      RateLimits limits, Problems problems, LimitSettings settings) {
    Limit tenant = settings.tenant().limit("tenant", Precision.CLOSE);
    var filter = new FilterRegistrationBean<>(new TenantBudget(limits, problems, tenant));
    filter.setOrder(AFTER_SECURITY);
    return filter;
  }

  @Bean
  static SignInGuard signInGuard(
      Database database, Vault vault, Clock clock, SignInListener listener) {
    return new SignInGuard(database, vault, clock, listener);
  }

  @Bean
  static Expiring buckets() {
    return Buckets.EXPIRING;
  }

  @Bean
  static Expiring failureCounters() {
    return FailureCounters.EXPIRING;
  }
}
