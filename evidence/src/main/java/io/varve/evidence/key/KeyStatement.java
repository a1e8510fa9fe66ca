package io.varve.evidence.key;

import io.varve.evidence.note.NoteKey;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * That a key seals from now on. Its {@link #text()} is signed by the key before it, which vouches
 * for it, and by the key itself. The key's name is the log's origin, and so is the first line.
 *
 * @param version 1 for the first key, which nobody vouches for
 * @param previous the key before it; null for the first
 * @param logSize how many leaves the log had: the tenants' checkpoints after them are signed by
 *     this key
 * @param number of the log's first checkpoint that is signed by this key
 */
public record KeyStatement(
    int version, NoteKey key, @Nullable NoteKey previous, long logSize, long number, Instant at) {

  private static final String NONE = "none";

  public KeyStatement {
    if (version < 1 || logSize < 0 || number < 1 || (version == 1) != (previous == null)) {
      throw new IllegalArgumentException("not a statement about a key");
    }
  }

  /**
   * @throws IllegalArgumentException if the text is not exactly that of a statement
   */
  public static KeyStatement parse(String text) {
    List<String> lines = List.of(text.split("\n", -1));
    if (lines.size() != 8) {
      throw new IllegalArgumentException("not a statement about a key");
    }
    try {
      String previous = after("after ", lines.get(3));
      var read =
          new KeyStatement(
              Integer.parseInt(after("key ", lines.get(1))),
              NoteKey.parse(lines.get(2)),
              previous.equals(NONE) ? null : NoteKey.parse(previous),
              Long.parseLong(after("log ", lines.get(4))),
              Long.parseLong(after("number ", lines.get(5))),
              Instant.parse(after("time ", lines.get(6))));
      if (!read.text().equals(text)) {
        throw new IllegalArgumentException("a statement about a key, not written in the one way");
      }
      return read;
    } catch (DateTimeParseException malformed) {
      throw new IllegalArgumentException("not a statement about a key", malformed);
    }
  }

  /** Unlike any checkpoint's, for its second line is no number. */
  public String text() {
    return """
    %s
    key %d
    %s
    after %s
    log %d
    number %d
    time %s
    """
        .formatted(
            key.name(),
            version,
            key.vkey(),
            previous == null ? NONE : previous.vkey(),
            logSize,
            number,
            at);
  }

  private static String after(String word, String line) {
    if (!line.startsWith(word)) {
      throw new IllegalArgumentException("not a statement about a key");
    }
    return line.substring(word.length());
  }
}
