package io.varve.web.auth;

import io.varve.events.rule.Rules;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.security.crypto.bcrypt.BCryptPasswordEncoder;

/**
 * Password hashes: bcrypt at cost 12, a quarter of a second each. Only so many are computed at once
 * that whoever guesses passwords cannot keep every processor busy.
 */
public final class Passwords {

  static final int MIN_CHARACTERS = 12;

  /** What bcrypt looks at; more would be cut off in silence. */
  static final int MAX_BYTES = 72;

  private static final int COST = 12;

  /** Of no password: compared with when there is no such user, so that the answer takes as long. */
  private static final String NOBODY =
      "$2a$12$Nq0V8wXW6b1o2e5sYk3vSOJ9mZ4yqf7c0Tg1hUdLrPaXiB2nKEu3C";

  private final BCryptPasswordEncoder encoder = new BCryptPasswordEncoder(COST);
  private final Semaphore processors =
      new Semaphore(Math.max(1, Runtime.getRuntime().availableProcessors() / 2));

  /**
   * Reports why a text cannot be a password.
   *
   * @param own what everybody knows of the user: name, e-mail address
   */
  public static void check(Rules rules, String pointer, String password, Collection<String> own) {
    rules
        .hold(
            password.codePointCount(0, password.length()) >= MIN_CHARACTERS,
            pointer,
            "too-short",
            "must have at least " + MIN_CHARACTERS + " characters")
        .hold(
            bytes(password) <= MAX_BYTES,
            pointer,
            "too-long",
            "must have at most " + MAX_BYTES + " bytes in UTF-8")
        .hold(
            !CommonPasswords.contain(password),
            pointer,
            "too-common",
            "must not be among the passwords that are tried first")
        .hold(
            !OwnWords.make(password, own),
            pointer,
            "own-name",
            "must be made of more than the user's name and address");
  }

  public String hash(String password) {
    return limited(() -> String.valueOf(encoder.encode(password)));
  }

  /**
   * Whether the password is the one of the hash, in the same time whether there is a hash or not.
   */
  public boolean matches(String password, @Nullable String hash) {
    boolean known = hash != null && bytes(password) <= MAX_BYTES;
    String compared = hash != null && known ? hash : NOBODY;
    boolean same = limited(() -> encoder.matches(known ? password : "nobody", compared));
    return known && same;
  }

  private <T> T limited(Supplier<T> computation) {
    processors.acquireUninterruptibly();
    try {
      return computation.get();
    } finally {
      processors.release();
    }
  }

  private static int bytes(String password) {
    return password.getBytes(StandardCharsets.UTF_8).length;
  }
}
