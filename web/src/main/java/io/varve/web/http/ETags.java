package io.varve.web.http;

import io.varve.command.LedgerRefusal;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A thing's version, the sequence of its last event, as an entity tag (RFC 9110, 8.8.3). */
public final class ETags {

  private static final Pattern STRONG = Pattern.compile("\"(0|[1-9][0-9]{0,17})\"");

  /** Any one entity tag, the weak ones and those that never were ours included. */
  private static final Pattern TAG = Pattern.compile("(W/)?\"[\\x21\\x23-\\x7E]*\"");

  private ETags() {}

  public static String of(long sequence) {
    return "\"" + sequence + "\"";
  }

  /**
   * What {@code If-Match} expects; null for {@code *}.
   *
   * @throws FaultException if it is no entity tag
   * @throws LedgerRefusal.Stale if no thing can ever have that tag
   */
  public static @Nullable Long expected(String ifMatch) {
    String tag = ifMatch.strip();
    if (tag.equals("*")) {
      return null;
    }
    Matcher strong = STRONG.matcher(tag);
    if (strong.matches()) {
      return Long.valueOf(strong.group(1));
    }
    if (TAG.matcher(tag).matches()) {
      throw new LedgerRefusal.Stale();
    }
    throw new FaultException(Fault.MALFORMED_REQUEST, "If-Match must be one ETag or *.");
  }
}
