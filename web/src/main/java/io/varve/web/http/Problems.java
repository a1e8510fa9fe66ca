package io.varve.web.http;

import io.varve.command.LedgerRefusal.Held;
import io.varve.command.LedgerRefusal.ValueTaken;
import io.varve.events.Json;
import io.varve.events.Refusal;
import io.varve.events.rule.InvalidException;
import io.varve.events.rule.Violation;
import io.varve.postgres.DatabaseException;
import io.varve.web.http.RefusalForm.Refused;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.web.firewall.RequestRejectedException;
import org.springframework.web.ErrorResponse;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.method.annotation.MethodArgumentTypeMismatchException;

/** The one place where a failure becomes an answer. No text of an exception of others leaves it. */
public final class Problems {

  private static final Logger log = LoggerFactory.getLogger(Problems.class);
  private static final String RETRY_AFTER = "Retry-After";
  private static final String RETRY_SECONDS = "1";

  private final List<RefusalForm> forms;

  Problems(List<RefusalForm> forms) {
    this.forms = List.copyOf(forms);
  }

  /** Answers with the problem that a failure is, unless an answer has begun. */
  public void answer(HttpServletRequest request, HttpServletResponse response, Throwable failure) {
    if (response.isCommitted()) {
      log.debug("failed after the answer had begun", failure);
      return;
    }
    Problem problem = of(failure, RequestIds.of(request));
    Refused refused =
        forms.stream()
            .filter(form -> form.covers(request))
            .findFirst()
            .map(form -> form.of(failure, problem))
            .orElseGet(() -> refused(problem));
    if (refused.status() == 500) {
      log.error("{} {}", request.getMethod(), problem.type(), failure);
    } else if (refused.status() > 500) {
      log.warn("{} {}: {}", request.getMethod(), problem.type(), failure.getMessage());
    }
    response.resetBuffer();
    if (failure instanceof ErrorResponse standard) {
      standard.getHeaders().forEach((name, values) -> values.forEach(v -> add(response, name, v)));
    }
    if (failure instanceof FaultException fault) {
      fault
          .retryAfter()
          .map(wait -> Math.max(1, wait.plusNanos(999_999_999).toSeconds()))
          .ifPresent(seconds -> response.setHeader(RETRY_AFTER, Long.toString(seconds)));
    }
    write(response, refused);
  }

  static Problem of(Throwable failure, @Nullable String request) {
    return switch (failure) {
      case FaultException fault ->
          problem(fault.fault(), String.valueOf(fault.getMessage()), request, fault.errors());
      case InvalidException invalid -> refused(invalid, request, invalid.violations());
      case ValueTaken taken ->
          refused(
              taken,
              request,
              List.of(new Violation(taken.pointer(), taken.code(), "is taken already")));
      case Held held ->
          refused(
              held,
              request,
              held.matters().stream()
                  .map(matter -> new Violation("", held.code(), "matter " + matter))
                  .toList());
      case Refusal refusal -> refused(refusal, request, List.of());
      case DatabaseException database when isAway(database) -> problem(Fault.UNAVAILABLE, request);
      case AuthenticationException _ -> problem(Fault.UNAUTHENTICATED, request);
      case AccessDeniedException _ -> problem(Fault.FORBIDDEN, request);
      case RequestRejectedException _ -> problem(Fault.MALFORMED_REQUEST, request);
      case MethodArgumentTypeMismatchException mismatch -> mismatched(mismatch, request);
      case ErrorResponse standard ->
          problem(Fault.ofStatus(standard.getStatusCode().value()), request);
      default -> problem(Fault.INTERNAL, request);
    };
  }

  /** Writes a problem document; used where no failure was thrown. */
  static void write(HttpServletResponse response, Problem problem) {
    write(response, refused(problem));
  }

  private static Refused refused(Problem problem) {
    return new Refused(problem.status(), Problem.MEDIA_TYPE, Json.write(problem));
  }

  private static void write(HttpServletResponse response, Refused refused) {
    response.setStatus(refused.status());
    response.setContentType(refused.mediaType());
    response.setHeader("Cache-Control", "no-store");
    if (refused.status() == 401) {
      response.setHeader("WWW-Authenticate", "Bearer");
    }
    if (refused.status() == 503) {
      response.setHeader(RETRY_AFTER, RETRY_SECONDS);
    }
    try {
      byte[] body = refused.body().getBytes(StandardCharsets.UTF_8);
      response.setContentLength(body.length);
      response.getOutputStream().write(body);
    } catch (IOException gone) {
      log.debug("the client has gone", gone);
    }
  }

  /** A statement that ran into its time limit, or a server without room, is no fault of ours. */
  private static boolean isAway(DatabaseException failure) {
    return failure.isUnavailable()
        || failure.sqlState().startsWith("53")
        || failure.sqlState().equals("57014");
  }

  /** What is no identifier in a path names nothing; elsewhere it is a mistake that can be named. */
  private static Problem mismatched(
      MethodArgumentTypeMismatchException mismatch, @Nullable String request) {
    if (mismatch.getParameter().hasParameterAnnotation(PathVariable.class)) {
      return problem(Fault.NOT_FOUND, request);
    }
    return problem(
        Fault.MALFORMED_REQUEST,
        "A parameter is malformed.",
        request,
        List.of(new Violation("/" + mismatch.getName(), "wrong-type", "is malformed")));
  }

  private static Problem refused(
      Refusal refusal, @Nullable String request, List<Violation> errors) {
    return Problem.of(
        Fault.statusOf(refusal.kind()),
        refusal.code(),
        String.valueOf(refusal.getMessage()),
        request,
        errors);
  }

  private static Problem problem(Fault fault, @Nullable String request) {
    return problem(fault, fault.sentence(), request, List.of());
  }

  private static Problem problem(
      Fault fault, String detail, @Nullable String request, List<Violation> errors) {
    return Problem.of(fault.status(), fault.code(), detail, request, errors);
  }

  private static void add(HttpServletResponse response, String name, String value) {
    if (!name.equalsIgnoreCase("Content-Type")) {
      response.addHeader(name, value);
    }
  }
}
