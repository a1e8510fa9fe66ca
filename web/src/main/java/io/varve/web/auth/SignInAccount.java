package io.varve.web.auth;

import io.varve.events.identity.User;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What names an account where failures to sign in are counted: its address, which need not be
 * anybody's, or, for who is signed in already and gives a secret anew, the user.
 */
public final class SignInAccount {

  /** In capitals, so that no address in the form that is compared looks like it. */
  private static final Pattern USERS = Pattern.compile("USER (\\S{36}) (\\S{36})");

  private SignInAccount() {}

  public static String of(String address) {
    return EmailAddress.folded(address);
  }

  public static String of(User user) {
    return "USER %s %s".formatted(user.home(), user.id().value());
  }

  /** Whose account it is, if it is anybody's. */
  static Optional<User> find(Accounts accounts, String account) {
    Matcher user = USERS.matcher(account);
    return user.matches()
        ? accounts.find(UUID.fromString(user.group(1)), UUID.fromString(user.group(2)))
        : accounts.byEmail(account);
  }
}
