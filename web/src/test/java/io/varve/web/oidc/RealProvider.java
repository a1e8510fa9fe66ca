package io.varve.web.oidc;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jose.jwk.source.ImmutableJWKSet;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.proc.SecurityContext;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.security.autoconfigure.web.servlet.SecurityFilterAutoConfiguration;
import org.springframework.boot.tomcat.autoconfigure.servlet.TomcatServletWebServerAutoConfiguration;
import org.springframework.boot.webmvc.autoconfigure.DispatcherServletAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configuration.EnableWebSecurity;
import org.springframework.security.config.annotation.web.configuration.OAuth2AuthorizationServerConfiguration;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.annotation.web.configurers.oauth2.server.authorization.OAuth2AuthorizationServerConfigurer;
import org.springframework.security.core.authority.FactorGrantedAuthority;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.core.context.SecurityContextImpl;
import org.springframework.security.oauth2.core.AuthorizationGrantType;
import org.springframework.security.oauth2.core.ClientAuthenticationMethod;
import org.springframework.security.oauth2.core.oidc.endpoint.OidcParameterNames;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.server.authorization.client.InMemoryRegisteredClientRepository;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClient;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClientRepository;
import org.springframework.security.oauth2.server.authorization.settings.AuthorizationServerSettings;
import org.springframework.security.oauth2.server.authorization.settings.ClientSettings;
import org.springframework.security.oauth2.server.authorization.token.JwtEncodingContext;
import org.springframework.security.oauth2.server.authorization.token.OAuth2TokenCustomizer;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.context.SecurityContextHolderFilter;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * A provider that others have written, Spring Authorization Server, on a free port. It knows
 * whoever is in front of it without asking, and lets them in without their consent. It does not
 * insist on PKCE, so that whoever signs in with it must.
 */
final class RealProvider implements AutoCloseable {

  static final String CLIENT = "varve";
  static final String SECRET = "a secret between the two";

  private final ConfigurableApplicationContext context;
  private final Front front;

  /**
   * Who signs in.
   *
   * @param claims what the ID token says besides
   */
  record Person(String subject, Map<String, Object> claims) {

    static Person with(String subject, String email, boolean verified) {
      return new Person(subject, Map.of("email", email, "email_verified", verified));
    }
  }

  private RealProvider(String callback) {
    this.front = new Front(callback);
    SpringApplication application = new SpringApplication(Server.class);
    application.setRegisterShutdownHook(false);
    application.setDefaultProperties(Map.of("server.port", 0));
    application.addInitializers(
        beans -> {
          var registry = (GenericApplicationContext) beans;
          registry.registerBean(Front.class, () -> front);
        });
    this.context = application.run();
  }

  /**
   * @param callback the redirect URI that it knows
   */
  static RealProvider start(String callback) {
    return new RealProvider(callback);
  }

  String issuer() {
    return "http://localhost:" + context.getEnvironment().getProperty("local.server.port");
  }

  void inFront(Person person) {
    front.person = person;
  }

  @Override
  public void close() {
    context.close();
  }

  /** What the server is told. */
  static final class Front {
    private final String callback;
    private volatile Person person = new Person("nobody", Map.of());

    Front(String callback) {
      this.callback = callback;
    }
  }

  /** Not marked as a configuration, which the application that is tested would find. */
  @EnableWebSecurity
  @ImportAutoConfiguration({
    DispatcherServletAutoConfiguration.class,
    SecurityFilterAutoConfiguration.class,
    TomcatServletWebServerAutoConfiguration.class
  })
  static class Server {

    @Bean
    static SecurityFilterChain security(HttpSecurity http, Front front) {
      return http.with(new OAuth2AuthorizationServerConfigurer(), server -> server.oidc(oidc -> {}))
          .csrf(AbstractHttpConfigurer::disable)
          .authorizeHttpRequests(requests -> requests.anyRequest().permitAll())
          .addFilterAfter(new Recognising(front), SecurityContextHolderFilter.class)
          .build();
    }

    @Bean
    static AuthorizationServerSettings settings() {
      return AuthorizationServerSettings.builder().build();
    }

    @Bean
    static RegisteredClientRepository clients(Front front) {
      return new InMemoryRegisteredClientRepository(
          RegisteredClient.withId(UUID.randomUUID().toString())
              .clientId(CLIENT)
              .clientSecret("{noop}" + SECRET)
              .clientAuthenticationMethod(ClientAuthenticationMethod.CLIENT_SECRET_BASIC)
              .authorizationGrantType(AuthorizationGrantType.AUTHORIZATION_CODE)
              .redirectUri(front.callback)
              .scope("openid")
              .scope("email")
              .clientSettings(ClientSettings.builder().requireProofKey(false).build())
              .build());
    }

    @Bean
    static JWKSource<SecurityContext> keys() throws JOSEException {
      return new ImmutableJWKSet<>(
          new JWKSet(List.of(new RSAKeyGenerator(2048).keyID("key").generate())));
    }

    @Bean
    static JwtDecoder decoder(JWKSource<SecurityContext> keys) {
      return OAuth2AuthorizationServerConfiguration.jwtDecoder(keys);
    }

    @Bean
    static OAuth2TokenCustomizer<JwtEncodingContext> claims(Front front) {
      return token -> {
        if (token.getTokenType().getValue().equals(OidcParameterNames.ID_TOKEN)) {
          token.getClaims().claims(all -> all.putAll(front.person.claims()));
        }
      };
    }
  }

  /** Signs in whoever is in front. */
  private static final class Recognising extends OncePerRequestFilter {

    private final Front front;

    Recognising(Front front) {
      this.front = front;
    }

    @Override
    protected void doFilterInternal(
        HttpServletRequest request, HttpServletResponse response, FilterChain chain)
        throws ServletException, IOException {
      if (request.getServletPath().equals("/oauth2/authorize")) {
        SecurityContextHolder.setContext(
            new SecurityContextImpl(
                UsernamePasswordAuthenticationToken.authenticated(
                    front.person.subject(),
                    null,
                    List.of(
                        FactorGrantedAuthority.fromAuthority(
                            FactorGrantedAuthority.PASSWORD_AUTHORITY)))));
      }
      chain.doFilter(request, response);
    }
  }
}
