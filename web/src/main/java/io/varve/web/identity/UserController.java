package io.varve.web.identity;

import io.varve.command.LedgerRefusal;
import io.varve.command.identity.DisableUser;
import io.varve.command.identity.EnableUser;
import io.varve.command.identity.RegisterUser;
import io.varve.command.identity.ReviseUser;
import io.varve.command.identity.SetPassword;
import io.varve.events.access.Caller;
import io.varve.events.access.Permission;
import io.varve.events.identity.User;
import io.varve.events.identity.UserId;
import io.varve.events.personal.Personal;
import io.varve.events.rule.Rules;
import io.varve.postgres.vault.Vault;
import io.varve.query.Document;
import io.varve.query.ListRequest;
import io.varve.query.Listing;
import io.varve.query.Page;
import io.varve.query.identity.Users;
import io.varve.web.auth.Accounts;
import io.varve.web.auth.EmailAddress;
import io.varve.web.auth.Passwords;
import io.varve.web.http.Body;
import io.varve.web.http.Ids;
import io.varve.web.http.Read;
import io.varve.web.http.Secrets;
import io.varve.web.http.Write;
import io.varve.web.http.Written;
import io.varve.web.openapi.Lists;
import io.varve.web.openapi.Says;
import io.varve.web.tenancy.Reach;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Users of the caller's own home or, with {@code home}, of one that the caller reaches. */
@RestController
@RequestMapping(UserController.PATH)
final class UserController implements Lists {

  static final String PATH = "/api/users";
  private static final String HOME = "home";
  private static final int MAX_NAME = 200;

  private final Accounts accounts;
  private final Passwords passwords;
  private final Reach reach;
  private final Secrets secrets;
  private final Vault vault;

  UserController(
      Accounts accounts, Passwords passwords, Reach reach, Secrets secrets, Vault vault) {
    this.accounts = accounts;
    this.passwords = passwords;
    this.reach = reach;
    this.secrets = secrets;
    this.vault = vault;
  }

  record NewPassword(String password) {}

  @Override
  public Listing<?> listing() {
    return Users.LISTING;
  }

  @Says("Lists users")
  @GetMapping
  Page<UserView> list(
      @RequestParam(required = false) @Nullable UUID home,
      ListRequest request,
      Caller caller,
      Read read) {
    caller.require(Permission.USER_READ);
    Caller within = within(caller, home);
    Page<Document<User>> page =
        read.as(within).list(Users.LISTING, without(request), Function.identity());
    Map<Personal, String> opened = open(within, page.items());
    return new Page<>(
        page.items().stream().map(user -> UserView.of(user, opened)).toList(), page.next());
  }

  @Says("Shows a user")
  @GetMapping("/{id}")
  ResponseEntity<UserView> one(
      @PathVariable UUID id,
      @RequestParam(required = false) @Nullable UUID home,
      Caller caller,
      Read read) {
    caller.require(Permission.USER_READ);
    Caller within = within(caller, home);
    return read.as(within)
        .one(Users.LISTING, id, user -> UserView.of(user, open(within, List.of(user))));
  }

  @Says("Registers a user")
  @PostMapping
  ResponseEntity<Written> register(@Body NewUser user, Caller caller, Write write) {
    caller.require(Permission.USER_WRITE);
    check(user.name(), user.email(), user.password());
    Caller within = within(caller, user.home());
    var id = new UserId(Ids.next());
    return secrets.keepFor(
        within,
        Permission.USER_WRITE,
        user.password() == null ? null : passwords.hash(user.password()),
        credential ->
            write
                .as(within)
                .create(
                    PATH,
                    new RegisterUser(
                        id,
                        vault.seal(within.tenant(), id.value(), user.name()),
                        vault.seal(within.tenant(), id.value(), user.email().strip()),
                        EmailAddress.hash(vault, user.email()),
                        user.role(),
                        new TreeSet<>(),
                        credential)));
  }

  @Says("Gives a user these fields")
  @PutMapping("/{id}")
  ResponseEntity<Written> revise(
      @PathVariable UUID id,
      @RequestParam(required = false) @Nullable UUID home,
      @Body UserFields fields,
      Caller caller,
      Write write) {
    caller.require(Permission.USER_WRITE);
    check(fields.name(), fields.email(), null);
    Caller within = within(caller, home);
    User was = accounts.find(within.tenant(), id).orElseThrow(LedgerRefusal.NoSuchStream::new);
    return write
        .as(within)
        .change(
            new ReviseUser(
                was.id(),
                kept(within, was.name(), fields.name()),
                kept(within, was.email(), fields.email().strip()),
                EmailAddress.hash(vault, fields.email()),
                fields.role(),
                was.roles()));
  }

  @Says("Gives a user another password")
  @PutMapping("/{id}/password")
  ResponseEntity<Written> setPassword(
      @PathVariable UUID id,
      @RequestParam(required = false) @Nullable UUID home,
      @Body NewPassword given,
      Caller caller,
      Write write) {
    caller.require(Permission.USER_WRITE);
    var rules = new Rules();
    Passwords.check(rules, "/password", given.password());
    rules.enforce();
    Caller within = within(caller, home);
    return secrets.keepFor(
        within,
        Permission.USER_WRITE,
        passwords.hash(given.password()),
        credential ->
            write
                .as(within)
                .change(new SetPassword(new UserId(id), Objects.requireNonNull(credential))));
  }

  @Says("Lets a user sign in no more")
  @PostMapping("/{id}/disable")
  ResponseEntity<Written> disable(
      @PathVariable UUID id,
      @RequestParam(required = false) @Nullable UUID home,
      Caller caller,
      Write write) {
    caller.require(Permission.USER_WRITE);
    return write.as(within(caller, home)).change(new DisableUser(new UserId(id)));
  }

  @Says("Lets a disabled user sign in again")
  @PostMapping("/{id}/enable")
  ResponseEntity<Written> enable(
      @PathVariable UUID id,
      @RequestParam(required = false) @Nullable UUID home,
      Caller caller,
      Write write) {
    caller.require(Permission.USER_WRITE);
    return write.as(within(caller, home)).change(new EnableUser(new UserId(id)));
  }

  private Caller within(Caller caller, @Nullable UUID home) {
    return home == null ? caller : reach.into(caller, home);
  }

  private Map<Personal, String> open(Caller within, List<Document<User>> users) {
    return vault.openAll(
        within.tenant(),
        users.stream()
            .flatMap(user -> Stream.of(user.state().name(), user.state().email()))
            .toList());
  }

  /** Sealing the same text again would look like a change. */
  private Personal kept(Caller within, Personal was, String wanted) {
    return vault.open(within.tenant(), was).filter(wanted::equals).isPresent()
        ? was
        : vault.seal(within.tenant(), was.subject(), wanted);
  }

  /** The home is no filter of the list: it says whose list is meant. */
  private static ListRequest without(ListRequest request) {
    Map<String, List<String>> filters = new HashMap<>(request.filters());
    filters.remove(HOME);
    return new ListRequest(filters, request.sort(), request.limit(), request.cursor());
  }

  private static void check(String name, String email, @Nullable String password) {
    var rules = new Rules();
    rules.line("/name", name, MAX_NAME);
    EmailAddress.check(rules, "/email", email);
    if (password != null) {
      Passwords.check(rules, "/password", password);
    }
    rules.enforce();
  }
}
