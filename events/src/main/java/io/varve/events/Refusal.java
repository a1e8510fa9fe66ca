package io.varve.events;

import java.util.regex.Pattern;

/**
 * Why a command or query was refused. Nothing was written.
 *
 * <p>Each capability has a small sealed family of these; the HTTP layer turns them into problem
 * details in one place, by {@link #kind()} and {@link #code()} alone.
 */
public abstract class Refusal extends RuntimeException {

  private static final long serialVersionUID = 1L;
  private static final Pattern CODE = Pattern.compile("[a-z][a-z0-9-]*");

  /** What sort of refusal this is; each maps to one HTTP status. */
  public enum Kind {
    /** A value breaks a rule. */
    INVALID,
    /** There is no such thing, or none that the caller may know of. */
    NOT_FOUND,
    /** The state of things forbids it now. */
    CONFLICT,
    /** The caller decided on an older version than the current one. */
    STALE,
    /** The caller lacks the right. */
    FORBIDDEN,
    /** It cannot be told who the caller is. */
    UNAUTHENTICATED,
    /** The request contradicts an earlier one under the same key. */
    UNPROCESSABLE,
    /** Too much is waiting already, or the database is away; trying again later may work. */
    UNAVAILABLE
  }

  private final Kind kind;
  private final String code;

  /**
   * @param code a stable name, the last part of the problem's {@code type}
   * @param message a sentence for a person, without tenant data
   */
  protected Refusal(Kind kind, String code, String message) {
    super(message);
    if (!CODE.matcher(code).matches()) {
      throw new IllegalArgumentException("not a code: " + code);
    }
    this.kind = kind;
    this.code = code;
  }

  public Kind kind() {
    return kind;
  }

  public String code() {
    return code;
  }
}
