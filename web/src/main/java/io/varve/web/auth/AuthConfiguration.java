package io.varve.web.auth;

import io.varve.command.Commands;
import io.varve.command.Installation;
import io.varve.command.identity.Rights;
import io.varve.command.notice.Tally;
import io.varve.postgres.Database;
import io.varve.postgres.Expiring;
import io.varve.postgres.cluster.DataFolder;
import io.varve.postgres.vault.Pepper;
import io.varve.postgres.vault.Vault;
import io.varve.web.http.Problems;
import io.varve.web.key.KeySecrets;
import io.varve.web.limit.SignInListener;
import java.time.Clock;
import java.util.stream.Stream;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configuration.EnableWebSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.oauth2.server.resource.web.authentication.BearerTokenAuthenticationConverter;
import org.springframework.security.oauth2.server.resource.web.authentication.BearerTokenAuthenticationFilter;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.access.intercept.AuthorizationFilter;
import org.springframework.security.web.firewall.RequestRejectedHandler;
import org.springframework.security.web.servlet.util.matcher.PathPatternRequestMatcher;
import org.springframework.security.web.util.matcher.OrRequestMatcher;
import org.springframework.security.web.util.matcher.RequestMatcher;

/** Bearer tokens and nothing else: no session, no cookie, so nothing to forge across sites. */
@Configuration(proxyBeanMethods = false)
@EnableWebSecurity
public class AuthConfiguration {

  /** What anybody may ask for, whatever token comes with it. */
  private static final RequestMatcher ANYBODY =
      new OrRequestMatcher(
          Stream.of(
                  "needs-setup",
                  "setup",
                  "login",
                  "refresh",
                  "logout",
                  "password/forgot",
                  "password/set",
                  "oidc/**")
              .<RequestMatcher>map(
                  path -> PathPatternRequestMatcher.withDefaults().matcher("/api/auth/" + path))
              .toList());

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
  static Recent recent(Database database) {
    return new Recent(database);
  }

  @Bean
  static UserRights userRights(Recent recent, Database database, PlatformTenant platform) {
    return new UserRights(recent, new Rights(database), platform);
  }

  @Bean
  static Standings standings(Recent recent, UserRights rights, Clock clock) {
    return new Standings(recent, rights, clock);
  }

  @Bean
  static KeySecrets keySecrets(
      Database database, Pepper pepper, PlatformTenant platform, Clock clock) {
    return new KeySecrets(database, pepper, platform.id(), clock);
  }

  @Bean
  static KeyStandings keyStandings(
      Recent recent,
      UserRights rights,
      KeySecrets secrets,
      Callers callers,
      Tally tally,
      Clock clock) {
    return new KeyStandings(recent, rights, secrets, callers, tally, clock);
  }

  @Bean
  static RefreshTokens refreshTokens(Database database, Clock clock) {
    return new RefreshTokens(database, clock);
  }

  @Bean
  static Expiring refreshTokensExpiring() {
    return RefreshTokens.EXPIRING;
  }

  @Bean
  static Sessions sessions(
      Accounts accounts,
      Callers callers,
      Commands commands,
      RefreshTokens refreshTokens,
      Recent recent,
      UserRights rights,
      Tokens tokens,
      Clock clock) {
    return new Sessions(accounts, callers, commands, refreshTokens, recent, rights, tokens, clock);
  }

  @Bean
  static SignInListener signInNotices(Accounts accounts, Tally tally, Commands commands) {
    return new SignInNotices(accounts, tally, commands);
  }

  @Bean
  static RequestRejectedHandler requestRejectedHandler(Problems problems) {
    return problems::answer;
  }

  @Bean
  static SecurityFilterChain security(
      HttpSecurity http,
      Tokens tokens,
      KeySecrets keySecrets,
      Callers callers,
      Standings standings,
      KeyStandings keyStandings,
      Clock clock,
      Problems problems) {
    return http.sessionManagement(s -> s.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
        .csrf(AbstractHttpConfigurer::disable)
        .logout(AbstractHttpConfigurer::disable)
        .requestCache(AbstractHttpConfigurer::disable)
        .headers(AbstractHttpConfigurer::disable)
        .authorizeHttpRequests(
            requests ->
                requests
                    .requestMatchers(ANYBODY)
                    .permitAll()
                    .requestMatchers("/api/**", "/scim/**")
                    .authenticated()
                    .anyRequest()
                    .permitAll())
        .exceptionHandling(
            handling ->
                handling
                    .authenticationEntryPoint(problems::answer)
                    .accessDeniedHandler(problems::answer))
        .addFilter(bearerTokens(new BearerTokens(tokens, keySecrets), problems))
        .addFilterAfter(
            new CallerFilter(callers, standings, keyStandings, clock), AuthorizationFilter.class)
        .build();
  }

  /**
   * By itself and not by Spring's resource server, which would publish metadata of its own at
   * {@code /.well-known/oauth-protected-resource}.
   */
  private static BearerTokenAuthenticationFilter bearerTokens(
      BearerTokens tokens, Problems problems) {
    var converter = new BearerTokenAuthenticationConverter();
    var filter =
        new BearerTokenAuthenticationFilter(
            tokens, request -> ANYBODY.matches(request) ? null : converter.convert(request));
    filter.setAuthenticationEntryPoint(problems::answer);
    return filter;
  }
}
