package io.varve.web.oidc;

import com.nimbusds.oauth2.sdk.ParseException;
import com.nimbusds.oauth2.sdk.auth.Secret;
import com.nimbusds.openid.connect.sdk.AuthenticationResponse;
import com.nimbusds.openid.connect.sdk.AuthenticationResponseParser;
import io.varve.events.Refusal;
import io.varve.events.identity.User;
import io.varve.events.provider.Provider;
import io.varve.events.provider.ProviderId;
import io.varve.events.session.Session;
import io.varve.postgres.vault.Vault;
import io.varve.web.access.Public;
import io.varve.web.auth.Sessions;
import io.varve.web.oidc.SignInFailure.Code;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.support.ServletUriComponentsBuilder;

/** A browser's way to an identity provider and back, signed in or with a code that says why not. */
@RestController
@RequestMapping(SignInController.PATH)
final class SignInController {

  static final String PATH = "/api/auth/oidc";
  static final String CALLBACK = "/callback";

  private static final Logger log = LoggerFactory.getLogger(SignInController.class);

  private final CodeFlow flow;
  private final SignIns signIns;
  private final Vouched vouched;
  private final Sessions sessions;
  private final KnownProviders providers;
  private final Vault vault;

  SignInController(
      CodeFlow flow,
      SignIns signIns,
      Vouched vouched,
      Sessions sessions,
      KnownProviders providers,
      Vault vault) {
    this.flow = flow;
    this.signIns = signIns;
    this.vouched = vouched;
    this.sessions = sessions;
    this.providers = providers;
    this.vault = vault;
  }

  /** Sends the browser to an identity provider of a home. */
  @Public
  @GetMapping("/{owner}/{provider}")
  ResponseEntity<Void> begin(
      @PathVariable UUID owner,
      @PathVariable UUID provider,
      @RequestParam(required = false) @Nullable String to,
      HttpServletRequest request) {
    try {
      Provider known = active(owner, new ProviderId(provider));
      SignIns.Begun begun = signIns.begin(owner, known.id(), Destination.of(to));
      URI address = flow.begin(known, callback(request), begun.pending());
      return redirect(address.toString(), BrowserCookie.holding(begun.browser(), SignIns.LIFE));
    } catch (SignInFailure failure) {
      return failed(failure);
    }
  }

  /** Takes the browser back from a provider, and signs in whom it vouches for. */
  @Public
  @GetMapping(CALLBACK)
  ResponseEntity<Void> finish(HttpServletRequest request) {
    try {
      AuthenticationResponse response = response(request);
      SignIns.Taken taken =
          BrowserCookie.of(request)
              .flatMap(browser -> signIns.take(response.getState(), browser))
              .orElseThrow(
                  () -> new SignInFailure(Code.EXPIRED, "this browser waits for no such answer"));
      Provider provider = active(taken.home(), taken.provider());
      Identity identity = identity(taken, provider, response, callback(request));
      User user = vouched.find(taken.home(), provider, identity, request);
      Instant verifiedAt = provider.trustedForSecondFactor() ? identity.secondFactorAt() : null;
      String cookie = sessions.startInBrowser(user, Session.Method.PROVIDER, verifiedAt, request);
      return redirect(taken.destination(), BrowserCookie.gone(), cookie);
    } catch (SignInFailure failure) {
      return failed(failure);
    } catch (Refusal refusal) {
      return failed(new SignInFailure(Code.UNKNOWN_USER, refusal.code(), refusal));
    }
  }

  private Identity identity(
      SignIns.Taken taken, Provider provider, AuthenticationResponse response, URI callback)
      throws SignInFailure {
    Secret secret = secret(taken.home(), provider);
    try {
      return flow.finish(provider, secret, callback, taken.pending(), response);
    } finally {
      if (secret != null) {
        secret.erase();
      }
    }
  }

  private @Nullable Secret secret(UUID home, Provider provider) {
    if (provider.credential() == null) {
      return null;
    }
    return vault
        .reveal(home, provider.credential())
        .map(
            bytes -> {
              var secret = new Secret(new String(bytes, StandardCharsets.UTF_8));
              Arrays.fill(bytes, (byte) 0);
              return secret;
            })
        .orElse(null);
  }

  private Provider active(UUID home, ProviderId id) throws SignInFailure {
    return providers
        .active(home, id.value())
        .orElseThrow(
            () -> new SignInFailure(Code.UNAVAILABLE, "there is no such provider, or no more"));
  }

  private static AuthenticationResponse response(HttpServletRequest request) throws SignInFailure {
    try {
      var response =
          AuthenticationResponseParser.parse(
              URI.create(PATH + CALLBACK + "?" + request.getQueryString()));
      if (response.getState() == null) {
        throw new SignInFailure(Code.INVALID, "the answer has no state");
      }
      return response;
    } catch (ParseException | IllegalArgumentException malformed) {
      throw new SignInFailure(Code.INVALID, "the answer is malformed");
    }
  }

  /** What providers are to be told of. The same at both ends, as it is where the browser is. */
  private static URI callback(HttpServletRequest request) {
    return ServletUriComponentsBuilder.fromContextPath(request)
        .path(PATH + CALLBACK)
        .build()
        .toUri();
  }

  /** Tokens and codes are in no message of ours; what others wrote goes on one line. */
  private static ResponseEntity<Void> failed(SignInFailure failure) {
    Throwable cause = failure.getCause();
    log.info(
        "signing in with a provider failed ({}): {}{}",
        failure.code().text(),
        failure.getMessage(),
        cause == null ? "" : (": " + cause.getMessage()).replaceAll("\\p{Cntrl}", " "));
    return redirect("/sign-in?error=" + failure.code().text());
  }

  private static ResponseEntity<Void> redirect(String address, String... cookies) {
    return ResponseEntity.status(HttpStatus.FOUND)
        .header(HttpHeaders.LOCATION, address)
        .header(HttpHeaders.SET_COOKIE, cookies)
        .cacheControl(CacheControl.noStore())
        .build();
  }
}
