package io.varve.web.gate;

import io.varve.events.access.Caller;
import io.varve.events.access.ForbiddenException;
import io.varve.events.access.Permission;
import io.varve.events.access.Role;
import io.varve.events.provenance.Actor;
import io.varve.web.access.Root;
import io.varve.web.auth.Standing;
import io.varve.web.http.Acting;
import io.varve.web.http.PathId;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.lang.reflect.Method;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.HandlerMapping;

/**
 * The one way to an operation: who is signed in comes past here, with the right that the operation
 * names and within the home that its path names, before anything else of the request is looked at.
 */
@Component
public final class Gate implements HandlerInterceptor {

  /** For how long a second factor counts as just given. */
  static final Duration FRESH = Duration.ofMinutes(5);

  private final Reach reach;
  private final Watch watch;
  private final Clock clock;
  private final ConcurrentMap<Method, Right> rights = new ConcurrentHashMap<>();

  Gate(Reach reach, Watch watch, Clock clock) {
    this.reach = reach;
    this.watch = watch;
    this.clock = clock;
  }

  @Override
  public boolean preHandle(
      HttpServletRequest request, HttpServletResponse response, Object handler) {
    if (handler instanceof HandlerMethod method) {
      Right right = rights.computeIfAbsent(method.getMethod(), Right::of);
      if (!right.open()) {
        enter(request, right, Standing.of(request));
      }
    }
    return true;
  }

  /**
   * @throws GateRefusal.StepUpRequired unless the second factor was given just now
   */
  public void requireFresh(Standing standing) {
    if (!standing.isVerifiedSince(clock.instant().minus(FRESH))) {
      throw new GateRefusal.StepUpRequired();
    }
  }

  private void enter(HttpServletRequest request, Right right, Standing standing) {
    @Nullable Root root = Root.of(pattern(request)).orElse(null);
    if (standing.scope() == Role.Scope.CARRIER
        && root != Root.CARRIER
        && right.permission() != null
        && right.permission() != Permission.ACCOUNT_WRITE) {
      throw new GateRefusal.NotForCarriers();
    }
    if (right.permission() == null && standing.actor().kind() != Actor.Kind.USER) {
      throw new GateRefusal.OnlyForUsers();
    }
    if (standing.owesSecondFactor() && !right.beforeSecondFactor()) {
      throw new GateRefusal.SecondFactorRequired();
    }
    Acting acting = acting(request, root, standing);
    Permission permission = right.permission();
    if (permission != null && !acting.caller().permissions().contains(permission)) {
      watch.refused(acting.caller(), permission);
      throw new ForbiddenException(permission);
    }
    if (right.fresh()) {
      requireFresh(standing);
    }
    if (isRead(request) && !acting.caller().tenant().equals(standing.home())) {
      watch.reading(Caller.current(), acting.caller(), Root.thing(pattern(request)));
    }
    Acting.set(request, acting);
  }

  /** The caller within its own home, or within the one that the path names. */
  private Acting acting(HttpServletRequest request, @Nullable Root root, Standing standing) {
    Caller caller = Caller.current();
    String named = variables(request).get(Root.HOME);
    if (root == null || named == null) {
      return root == null ? Acting.own(caller) : new Acting(caller, root.path());
    }
    UUID home = PathId.parse(named);
    String path = root.path().replace("{" + Root.HOME + "}", named);
    boolean own = home.equals(standing.home()) && root.scope() == standing.scope();
    return new Acting(own ? caller : reach.into(caller, home, root.scope()), path);
  }

  private static boolean isRead(HttpServletRequest request) {
    return request.getMethod().equals("GET") || request.getMethod().equals("HEAD");
  }

  private static String pattern(HttpServletRequest request) {
    return String.valueOf(request.getAttribute(HandlerMapping.BEST_MATCHING_PATTERN_ATTRIBUTE));
  }

  @SuppressWarnings("unchecked")
  private static Map<String, String> variables(HttpServletRequest request) {
    return (Map<String, String>)
        Objects.requireNonNull(
            request.getAttribute(HandlerMapping.URI_TEMPLATE_VARIABLES_ATTRIBUTE));
  }
}
