package io.varve.evidence.checkpoint;

import io.varve.evidence.merkle.Hash;
import java.util.List;
import java.util.regex.Pattern;

/**
 * What a log commits to: that its first leaves, so many, have this root. Its {@link #text()} is
 * what is signed.
 *
 * @param origin the name of the log, unique for ever
 * @param size how many leaves
 * @param extensions further lines, none of them empty
 */
public record Checkpoint(String origin, long size, Hash root, List<String> extensions) {

  private static final Pattern SIZE = Pattern.compile("0|[1-9][0-9]{0,18}");

  public Checkpoint {
    extensions = List.copyOf(extensions);
    if (origin.isEmpty() || size < 0 || extensions.stream().anyMatch(String::isEmpty)) {
      throw new IllegalArgumentException("not a checkpoint");
    }
  }

  public Checkpoint(String origin, long size, Hash root) {
    this(origin, size, root, List.of());
  }

  /**
   * @throws IllegalArgumentException if the text is not exactly that of a checkpoint
   */
  public static Checkpoint parse(String text) {
    String[] lines = text.split("\n", -1);
    if (lines.length < 4
        || !lines[lines.length - 1].isEmpty()
        || !SIZE.matcher(lines[1]).matches()) {
      throw new IllegalArgumentException(
          "not a checkpoint: an origin, a size and a root, a line each");
    }
    var read =
        new Checkpoint(
            lines[0],
            Long.parseLong(lines[1]),
            Hash.parse(lines[2]),
            List.of(lines).subList(3, lines.length - 1));
    if (!read.text().equals(text)) {
      throw new IllegalArgumentException("not a checkpoint: it is not written in the one way");
    }
    return read;
  }

  /** Each of the parts on a line of its own. */
  public String text() {
    var text = new StringBuilder();
    text.append(origin).append('\n').append(size).append('\n').append(root.base64()).append('\n');
    extensions.forEach(line -> text.append(line).append('\n'));
    return text.toString();
  }
}
