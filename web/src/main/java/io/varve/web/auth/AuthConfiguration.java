package io.varve.web.auth;

import io.varve.command.Installation;
import io.varve.postgres.Database;
import io.varve.postgres.cluster.DataFolder;
import io.varve.postgres.vault.Vault;
import io.varve.web.http.Problems;
import java.time.Clock;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configuration.EnableWebSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.annotation.web.configurers.HeadersConfigurer.FrameOptionsConfig;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.access.intercept.AuthorizationFilter;
import org.springframework.security.web.firewall.RequestRejectedHandler;
import org.springframework.security.web.header.writers.ReferrerPolicyHeaderWriter.ReferrerPolicy;

/** Bearer tokens and nothing else: no session, no cookie, so nothing to forge across sites. */
@Configuration(proxyBeanMethods = false)
@EnableWebSecurity
public class AuthConfiguration {

  @Bean
  static SigningKeys signingKeys(DataFolder folder, Clock clock) {
    return SigningKeys.open(folder.secretFile(SigningKeys.NAME), clock);
  }

  @Bean
  static Tokens tokens(SigningKeys keys, Clock clock) {
    return new Tokens(keys, clock);
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
        .headers(
            headers ->
                headers
                    .frameOptions(FrameOptionsConfig::deny)
                    .referrerPolicy(r -> r.policy(ReferrerPolicy.NO_REFERRER))
                    .contentSecurityPolicy(
                        csp -> csp.policyDirectives("default-src 'none'; frame-ancestors 'none'")))
        .authorizeHttpRequests(
            requests ->
                requests
                    .requestMatchers("/api/auth/needs-setup", "/api/auth/setup", "/api/auth/login")
                    .permitAll()
                    .requestMatchers("/api/**")
                    .authenticated()
                    .anyRequest()
                    .permitAll())
        .oauth2ResourceServer(
            server ->
                server
                    .jwt(jwt -> jwt.decoder(tokens.decoder()))
                    .authenticationEntryPoint(problems::answer)
                    .accessDeniedHandler(problems::answer))
        .exceptionHandling(
            handling ->
                handling
                    .authenticationEntryPoint(problems::answer)
                    .accessDeniedHandler(problems::answer))
        .addFilterAfter(new CallerFilter(callers), AuthorizationFilter.class)
        .build();
  }
}
