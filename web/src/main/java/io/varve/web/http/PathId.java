package io.varve.web.http;

import io.varve.command.LedgerRefusal;
import java.util.UUID;
import java.util.regex.Pattern;
import org.springframework.core.convert.converter.Converter;

/** An identifier in a path or query, in its one canonical form; any other names nothing. */
public final class PathId implements Converter<String, UUID> {

  private static final Pattern CANONICAL =
      Pattern.compile("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}");

  @Override
  public UUID convert(String text) {
    if (!CANONICAL.matcher(text).matches()) {
      throw new IllegalArgumentException("not an identifier");
    }
    return UUID.fromString(text);
  }

  /**
   * @throws LedgerRefusal.NoSuchStream if it is none, and so names nothing
   */
  public static UUID parse(String text) {
    if (!CANONICAL.matcher(text).matches()) {
      throw new LedgerRefusal.NoSuchStream();
    }
    return UUID.fromString(text);
  }
}
