package io.varve.web.identity;

import io.varve.command.LedgerRefusal;
import io.varve.command.identity.DisableUser;
import io.varve.command.identity.EnableUser;
import io.varve.command.identity.RegisterUser;
import io.varve.command.identity.ReviseUser;
import io.varve.command.identity.SetPassword;
import io.varve.command.identity.SignOutUser;
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
import io.varve.web.access.Homed;
import io.varve.web.access.Needs;
import io.varve.web.access.Root;
import io.varve.web.auth.Accounts;
import io.varve.web.auth.EmailAddress;
import io.varve.web.auth.Passwords;
import io.varve.web.http.Absent;
import io.varve.web.http.Body;
import io.varve.web.http.Ids;
import io.varve.web.http.Read;
import io.varve.web.http.Secrets;
import io.varve.web.http.Write;
import io.varve.web.http.Written;
import io.varve.web.openapi.Lists;
import io.varve.web.openapi.Says;
import io.varve.web.password.PasswordLinks;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
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
import org.springframework.web.bind.annotation.RestController;

/** Users of a home. */
@RestController
@Homed({Root.TENANTS, Root.ORGANIZATIONS, Root.CARRIERS, Root.CARRIER})
@RequestMapping(UserController.PATH)
final class UserController implements Lists {

  static final String PATH = "/api/users";
  private static final int MAX_NAME = 200;

  private final Accounts accounts;
  private final Passwords passwords;
  private final PasswordLinks links;
  private final Secrets secrets;
  private final Vault vault;

  UserController(
      Accounts accounts, Passwords passwords, PasswordLinks links, Secrets secrets, Vault vault) {
    this.accounts = accounts;
    this.passwords = passwords;
    this.links = links;
    this.secrets = secrets;
    this.vault = vault;
  }

  record NewPassword(String password) {}

  @Override
  public Listing<?> listing() {
    return Users.LISTING;
  }

  @Says("Lists users")
  @Needs(Permission.USER_READ)
  @GetMapping
  Page<UserView> list(ListRequest request, Caller caller, Read read) {
    Page<Document<User>> page = read.list(Users.LISTING, request, Function.identity());
    Map<Personal, String> opened = open(caller, page.items());
    return new Page<>(
        page.items().stream().map(user -> UserView.of(user, opened)).toList(), page.next());
  }

  @Says("Shows a user")
  @Needs(Permission.USER_READ)
  @GetMapping("/{id}")
  ResponseEntity<UserView> one(@PathVariable UUID id, Caller caller, Read read) {
    return read.one(Users.LISTING, id, user -> UserView.of(user, open(caller, List.of(user))));
  }

  @Says("Registers a user; one without a password is invited to set it")
  @Needs(Permission.USER_WRITE)
  @PostMapping
  ResponseEntity<Written> register(@Body NewUser user, Caller caller, Write write) {
    check(user.name(), user.email(), user.password());
    var id = new UserId(Ids.next());
    if (user.password() == null) {
      ResponseEntity<Written> answer =
          write.create(PATH, registration(user, id, caller, null), links.invitation(id));
      if (!Write.isReplayed(answer)) {
        links.invite(caller.tenant(), id);
      }
      return answer;
    }
    return secrets.keepFor(
        caller,
        Permission.USER_WRITE,
        passwords.hash(user.password()),
        credential -> write.create(PATH, registration(user, id, caller, credential)));
  }

  private RegisterUser registration(
      NewUser user, UserId id, Caller caller, @Nullable UUID credential) {
    return new RegisterUser(
        id,
        vault.seal(caller.tenant(), id.value(), user.name()),
        vault.seal(caller.tenant(), id.value(), user.email().strip()),
        EmailAddress.hash(vault, user.email()),
        user.role(),
        Absent.set(user.roles()),
        credential);
  }

  @Says(value = "Sends a user another invitation to set a password", refuses = 409)
  @Needs(Permission.USER_WRITE)
  @PostMapping("/{id}/invite")
  ResponseEntity<Written> invite(@PathVariable UUID id, Caller caller, Write write) {
    var user = new UserId(id);
    ResponseEntity<Written> answer = write.change(links.invitation(user));
    if (!Write.isReplayed(answer)) {
      links.invite(caller.tenant(), user);
    }
    return answer;
  }

  @Says("Gives a user these fields")
  @Needs(Permission.USER_WRITE)
  @PutMapping("/{id}")
  ResponseEntity<Written> revise(
      @PathVariable UUID id, @Body UserFields fields, Caller caller, Write write) {
    check(fields.name(), fields.email(), null);
    User was = accounts.find(caller.tenant(), id).orElseThrow(LedgerRefusal.NoSuchStream::new);
    return write.change(
        new ReviseUser(
            was.id(),
            vault.reseal(caller.tenant(), id, was.name(), fields.name()),
            vault.reseal(caller.tenant(), id, was.email(), fields.email().strip()),
            EmailAddress.hash(vault, fields.email()),
            fields.role(),
            Absent.set(fields.roles())));
  }

  @Says("Gives a user another password")
  @Needs(Permission.USER_WRITE)
  @PutMapping("/{id}/password")
  ResponseEntity<Written> setPassword(
      @PathVariable UUID id, @Body NewPassword given, Caller caller, Write write) {
    var rules = new Rules();
    User user = accounts.find(caller.tenant(), id).orElseThrow(LedgerRefusal.NoSuchStream::new);
    Collection<String> own =
        vault.openAll(caller.tenant(), List.of(user.name(), user.email())).values();
    Passwords.check(rules, "/password", given.password(), own);
    rules.enforce();
    return secrets.keepFor(
        caller,
        Permission.USER_WRITE,
        passwords.hash(given.password()),
        credential ->
            write.change(new SetPassword(new UserId(id), Objects.requireNonNull(credential))));
  }

  @Says("Ends all sessions of a user")
  @Needs(Permission.USER_WRITE)
  @PostMapping("/{id}/sign-out")
  ResponseEntity<Written> signOut(@PathVariable UUID id, Write write) {
    return write.change(new SignOutUser(new UserId(id)));
  }

  @Says("Lets a user sign in no more")
  @Needs(Permission.USER_WRITE)
  @PostMapping("/{id}/disable")
  ResponseEntity<Written> disable(@PathVariable UUID id, Caller caller, Write write) {
    return write.change(new DisableUser(new UserId(id)));
  }

  @Says("Lets a disabled user sign in again")
  @Needs(Permission.USER_WRITE)
  @PostMapping("/{id}/enable")
  ResponseEntity<Written> enable(@PathVariable UUID id, Caller caller, Write write) {
    return write.change(new EnableUser(new UserId(id)));
  }

  private Map<Personal, String> open(Caller caller, List<Document<User>> users) {
    return vault.openAll(
        caller.tenant(),
        users.stream()
            .flatMap(user -> Stream.of(user.state().name(), user.state().email()))
            .toList());
  }

  private static void check(String name, String email, @Nullable String password) {
    var rules = new Rules();
    rules.line("/name", name, MAX_NAME);
    EmailAddress.check(rules, "/email", email);
    if (password != null) {
      Passwords.check(rules, "/password", password, List.of(name, email));
    }
    rules.enforce();
  }
}
