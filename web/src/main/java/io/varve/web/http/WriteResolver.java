package io.varve.web.http;

import io.varve.command.Commands;
import io.varve.command.Terms;
import io.varve.command.Terms.Idempotency;
import jakarta.servlet.http.HttpServletRequest;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.core.MethodParameter;
import org.springframework.web.bind.support.WebDataBinderFactory;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.method.support.ModelAndViewContainer;

/** Makes the {@link Write} parameters: a revision ({@code PUT}) must say what it is based on. */
final class WriteResolver implements HandlerMethodArgumentResolver {

  private static final Pattern KEY = Pattern.compile("[\\x21-\\x7E]{1,255}");

  private final Commands commands;

  WriteResolver(Commands commands) {
    this.commands = commands;
  }

  @Override
  public boolean supportsParameter(MethodParameter parameter) {
    return parameter.getParameterType() == Write.class;
  }

  @Override
  public Object resolveArgument(
      MethodParameter parameter,
      @Nullable ModelAndViewContainer container,
      NativeWebRequest web,
      @Nullable WebDataBinderFactory binders) {
    var request = Objects.requireNonNull(web.getNativeRequest(HttpServletRequest.class));
    return new Write(
        commands, Acting.of(request), new Terms(expectation(request), idempotency(request)));
  }

  private static @Nullable Long expectation(HttpServletRequest request) {
    String ifMatch = request.getHeader("If-Match");
    if (ifMatch != null) {
      return ETags.expected(ifMatch);
    }
    if (request.getMethod().equals("PUT")) {
      throw new FaultException(Fault.PRECONDITION_REQUIRED);
    }
    return null;
  }

  private static @Nullable Idempotency idempotency(HttpServletRequest request) {
    String key = request.getHeader("Idempotency-Key");
    if (key == null) {
      return null;
    }
    if (!KEY.matcher(key).matches()) {
      throw new FaultException(
          Fault.MALFORMED_REQUEST, "Idempotency-Key must be 1 to 255 visible ASCII characters.");
    }
    return new Idempotency(key, digest(request));
  }

  /** Of all that makes a request the same request. */
  private static String digest(HttpServletRequest request) {
    MessageDigest sha256 = Sha256.digest();
    String line =
        request.getMethod()
            + '\n'
            + request.getRequestURI()
            + '\n'
            + Objects.toString(request.getQueryString(), "")
            + '\n'
            + Objects.toString(request.getHeader("If-Match"), "")
            + '\n';
    sha256.update(line.getBytes(StandardCharsets.UTF_8));
    return HexFormat.of().formatHex(sha256.digest(BodyLimit.of(request)));
  }

  /** The terms of a request, with a body that was not yet there when they were made. */
  static Terms withBody(Terms terms, byte[] bodyDigest) {
    Idempotency idempotency = terms.idempotency();
    if (idempotency == null) {
      return terms;
    }
    MessageDigest sha256 = Sha256.digest();
    sha256.update(HexFormat.of().parseHex(idempotency.requestHash()));
    String hash = HexFormat.of().formatHex(sha256.digest(bodyDigest));
    return new Terms(terms.expectedSequence(), new Idempotency(idempotency.key(), hash));
  }
}
