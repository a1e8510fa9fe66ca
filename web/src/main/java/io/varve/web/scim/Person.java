package io.varve.web.scim;

import com.unboundid.scim2.common.exceptions.BadRequestException;
import com.unboundid.scim2.common.exceptions.ForbiddenException;
import com.unboundid.scim2.common.exceptions.ScimException;
import com.unboundid.scim2.common.types.Email;
import com.unboundid.scim2.common.types.Name;
import com.unboundid.scim2.common.types.UserResource;
import io.varve.events.rule.Rules;
import io.varve.web.auth.EmailAddress;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What Varve keeps of what a directory says of somebody.
 *
 * @param userName an e-mail address, by which the person signs in
 */
record Person(String name, String userName, @Nullable String externalId, boolean active) {

  private static final int MAX = 200;

  /**
   * Somebody as a whole.
   *
   * @param active what the person is if nothing is said of it
   */
  static Person of(UserResource given, boolean active) throws ScimException {
    if (given.getPassword() != null) {
      throw new ForbiddenException("A directory sets no passwords.");
    }
    String userName = given.getUserName();
    if (userName == null) {
      throw BadRequestException.invalidValue("A user needs a userName.");
    }
    return new Person(
            Stream.of(given.getDisplayName(), formatted(given), parts(given.getName()))
                .filter(name -> name != null && !name.isBlank())
                .findFirst()
                .orElse(userName),
            userName,
            given.getExternalId(),
            given.getActive() == null ? active : given.getActive())
        .checked();
  }

  /**
   * Somebody of whom something has changed: name and address each have two places, and the one that
   * has changed says it.
   */
  static Person changed(UserResource before, UserResource after) throws ScimException {
    return new Person(
            changed(
                before.getDisplayName(),
                after.getDisplayName(),
                formatted(before),
                formatted(after)),
            changed(before.getUserName(), after.getUserName(), mail(before), mail(after)),
            after.getExternalId(),
            after.getActive() == null ? before.getActive() : after.getActive())
        .checked();
  }

  private static String changed(
      @Nullable String first,
      @Nullable String firstNow,
      @Nullable String second,
      @Nullable String secondNow)
      throws ScimException {
    String now =
        Objects.equals(first, firstNow) && !Objects.equals(second, secondNow)
            ? secondNow
            : firstNow;
    if (now == null) {
      throw BadRequestException.invalidValue("A user needs a userName and a name.");
    }
    return now;
  }

  private Person checked() {
    var rules = new Rules();
    rules.line("/displayName", name, MAX).optionalLine("/externalId", externalId, MAX);
    EmailAddress.check(rules, "/userName", userName);
    rules.enforce();
    return this;
  }

  private static @Nullable String formatted(UserResource user) {
    return user.getName() == null ? null : user.getName().getFormatted();
  }

  private static @Nullable String parts(@Nullable Name name) {
    return name == null
        ? null
        : Stream.of(name.getGivenName(), name.getFamilyName())
            .filter(Objects::nonNull)
            .collect(Collectors.joining(" "));
  }

  /** The address at work, the primary one first. */
  private static @Nullable String mail(UserResource user) {
    List<Email> mails = user.getEmails() == null ? List.of() : user.getEmails();
    return mails.stream()
        .filter(mail -> mail.getValue() != null)
        .min((one, other) -> Integer.compare(rank(one), rank(other)))
        .map(Email::getValue)
        .orElse(null);
  }

  private static int rank(Email mail) {
    if (Boolean.TRUE.equals(mail.getPrimary())) {
      return 0;
    }
    return "work".equalsIgnoreCase(mail.getType()) ? 1 : 2;
  }
}
