package io.varve.web.session;

import io.varve.command.LedgerRefusal;
import io.varve.command.identity.SignOutEverywhere;
import io.varve.command.session.SignOut;
import io.varve.events.access.Caller;
import io.varve.events.access.Permission;
import io.varve.events.identity.User;
import io.varve.events.identity.UserId;
import io.varve.events.session.SessionId;
import io.varve.query.ListRequest;
import io.varve.query.Page;
import io.varve.query.session.Sessions;
import io.varve.web.access.Needs;
import io.varve.web.auth.Accounts;
import io.varve.web.auth.Standing;
import io.varve.web.http.Read;
import io.varve.web.http.Write;
import io.varve.web.http.Written;
import io.varve.web.openapi.Says;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Where one is signed in. */
@RestController
@RequestMapping("/api/auth/sessions")
final class SessionController {

  private final Accounts accounts;
  private final Clock clock;

  SessionController(Accounts accounts, Clock clock) {
    this.accounts = accounts;
    this.clock = clock;
  }

  @Says("Lists one's own sessions, the newest first")
  @Needs(Permission.ACCOUNT_WRITE)
  @GetMapping
  Page<SessionView> list(
      @RequestParam(required = false) @Nullable Integer limit,
      @RequestParam(required = false) @Nullable String cursor,
      Caller caller,
      Read read,
      HttpServletRequest request) {
    User user = own(caller);
    UUID current = Standing.of(request).session();
    var wanted =
        new ListRequest(
            Map.of("user", List.of(user.id().value().toString())),
            "-created",
            limit == null ? ListRequest.DEFAULT_LIMIT : limit,
            cursor);
    return read.list(
        Sessions.OWN, wanted, session -> SessionView.of(session, user, current, clock.instant()));
  }

  @Says("Ends one of one's own sessions")
  @Needs(Permission.ACCOUNT_WRITE)
  @PostMapping("/{id}/end")
  ResponseEntity<Written> end(@PathVariable UUID id, Write write) {
    return write.change(new SignOut(new SessionId(id)));
  }

  @Says("Ends all of one's own sessions, this one included")
  @Needs(Permission.ACCOUNT_WRITE)
  @PostMapping("/end")
  ResponseEntity<Written> endAll(Caller caller, Write write) {
    return write.change(new SignOutEverywhere(new UserId(caller.actor().id())));
  }

  private User own(Caller caller) {
    return accounts
        .find(caller.tenant(), caller.actor().id())
        .orElseThrow(LedgerRefusal.NoSuchStream::new);
  }
}
