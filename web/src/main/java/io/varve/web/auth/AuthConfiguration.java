package io.varve.web.auth;

import io.varve.command.Installation;
import io.varve.postgres.Database;
import io.varve.postgres.cluster.DataFolder;
import io.varve.postgres.vault.Vault;
import io.varve.web.http.Problems;
import java.time.Clock;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.authentication.ProviderManager;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configuration.EnableWebSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.oauth2.server.resource.authentication.JwtAuthenticationProvider;
import org.springframework.security.oauth2.server.resource.web.authentication.BearerTokenAuthenticationFilter;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.access.intercept.AuthorizationFilter;
import org.springframework.security.web.firewall.RequestRejectedHandler;

/** Bearer tokens and nothing else: no session, no cookie, so nothing to forge across sites. */
@Configuration(proxyBeanMethods = false)
@EnableWebSecurity
public class AuthConfiguration {

  @Bean
  static Tokens tokens(DataFolder folder, Clock clock) {
    return new Tokens(SigningKey.at(folder.secretFile(SigningKey.FILE)), clock);
  }

  @Bean
  static Passwords passwords() {
    return new Passwords();
  }

  @Bean
  static Callers callers(Vault vault) {
    return new Callers(vault);
  }

  @Bean
  static PlatformTenant platformTenant(Database database) {
    return new PlatformTenant(Installation.platform(database));
  }

  @Bean
  static Accounts accounts(Database database, Vault vault, PlatformTenant platform) {
    return new Accounts(database, vault, platform.id());
  }

  @Bean
  static RequestRejectedHandler requestRejectedHandler(Problems problems) {
    return problems::answer;
  }

  @Bean
  static SecurityFilterChain security(
      HttpSecurity http, Tokens tokens, Callers callers, Problems problems) {
    return http.sessionManagement(s -> s.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
        .csrf(AbstractHttpConfigurer::disable)
        .logout(AbstractHttpConfigurer::disable)
        .requestCache(AbstractHttpConfigurer::disable)
        .headers(AbstractHttpConfigurer::disable)
        .authorizeHttpRequests(
            requests ->
                requests
                    .requestMatchers("/api/auth/needs-setup", "/api/auth/setup", "/api/auth/login")
                    .permitAll()
                    .requestMatchers("/api/**")
                    .authenticated()
                    .anyRequest()
                    .permitAll())
        .exceptionHandling(
            handling ->
                handling
                    .authenticationEntryPoint(problems::answer)
                    .accessDeniedHandler(problems::answer))
        .addFilter(bearerTokens(tokens, problems))
        .addFilterAfter(new CallerFilter(callers), AuthorizationFilter.class)
        .build();
  }

  /**
   * By itself and not by Spring's resource server, which would publish metadata of its own at
   * {@code /.well-known/oauth-protected-resource}.
   */
  private static BearerTokenAuthenticationFilter bearerTokens(Tokens tokens, Problems problems) {
    var filter =
        new BearerTokenAuthenticationFilter(
            new ProviderManager(new JwtAuthenticationProvider(tokens.decoder())));
    filter.setAuthenticationEntryPoint(problems::answer);
    return filter;
  }
}
