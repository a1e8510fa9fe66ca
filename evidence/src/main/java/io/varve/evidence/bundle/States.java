package io.varve.evidence.bundle;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.varve.events.Json;
import java.io.Closeable;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

/** Reads {@link BundleFile#STATE}: a JSON array whose elements stand on a line each. */
final class States implements Closeable {

  private final Lines lines;
  private boolean begun;
  private boolean more = true;

  States(Lines lines) {
    this.lines = lines;
  }

  /**
   * The next state; null if there is none.
   *
   * @throws BadBundleException if the file is not of its form
   */
  @Nullable StateLine next() throws IOException {
    if (!begun) {
      begun = true;
      requireLine("[");
    }
    if (!lines.next()) {
      throw new BadBundleException("state.json does not end");
    }
    String line = new String(lines.line(), UTF_8);
    if (line.equals("]")) {
      if ((more && lines.number() > 2) || lines.next()) {
        throw new BadBundleException("state.json does not end as it should");
      }
      return null;
    }
    if (!more) {
      throw new BadBundleException("state.json does not end as it should");
    }
    more = line.endsWith(",");
    try {
      return Json.read(more ? line.substring(0, line.length() - 1) : line, StateLine.class);
    } catch (JacksonException malformed) {
      throw new BadBundleException(
          "line %d of state.json is not of its form".formatted(lines.number()), malformed);
    }
  }

  @Override
  public void close() throws IOException {
    lines.close();
  }

  private void requireLine(String line) throws IOException {
    if (!lines.next() || !line.equals(new String(lines.line(), UTF_8))) {
      throw new BadBundleException("state.json does not begin as it should");
    }
  }
}
