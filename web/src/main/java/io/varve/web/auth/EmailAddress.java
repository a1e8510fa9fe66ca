package io.varve.web.auth;

import io.varve.events.identity.User;
import io.varve.events.rule.Rules;
import io.varve.postgres.vault.Vault;
import java.text.Normalizer;
import java.util.Locale;
import java.util.regex.Pattern;

/** E-mail addresses, as people sign in with them: in any case, and without spaces around. */
public final class EmailAddress {

  public static final int MAX = 254;
  private static final Pattern FORM = Pattern.compile("[^@\\s]{1,64}@[^@\\s.]+(\\.[^@\\s.]+)*");

  private EmailAddress() {}

  public static void check(Rules rules, String pointer, String address) {
    rules
        .line(pointer, address, MAX)
        .matches(pointer, address.strip(), FORM, "must be an e-mail address");
  }

  /** The one form in which addresses are compared, as a keyed hash. */
  public static String hash(Vault vault, String address) {
    return vault.lookupHash(User.EMAIL, folded(address));
  }

  /** The one form in which addresses are compared. */
  public static String folded(String address) {
    return Normalizer.normalize(address.strip(), Normalizer.Form.NFKC).toLowerCase(Locale.ROOT);
  }
}
