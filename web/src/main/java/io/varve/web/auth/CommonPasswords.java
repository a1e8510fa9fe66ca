package io.varve.web.auth;

import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import me.gosimple.nbvcxz.resources.DictionaryUtil;

/** The hundred thousand passwords that are tried first, as far as they are long enough for us. */
final class CommonPasswords {

  private static final Set<String> ALL =
      DictionaryUtil.loadRankedDictionary(DictionaryUtil.passwords).keySet().stream()
          .filter(password -> password.length() >= Passwords.MIN_CHARACTERS)
          .map(CommonPasswords::folded)
          .collect(Collectors.toUnmodifiableSet());

  private CommonPasswords() {}

  /** Whether a password is one of them, in whatever case. */
  static boolean contain(String password) {
    return ALL.contains(folded(password));
  }

  private static String folded(String password) {
    return password.toLowerCase(Locale.ROOT);
  }
}
