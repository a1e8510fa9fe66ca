package io.varve.evidence.key;

import io.varve.evidence.note.Note;
import io.varve.evidence.note.NoteKey;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The keys that one key, which a verifier knows from elsewhere, vouches for, directly or through
 * others: itself first, the newest last.
 */
public record KeyChain(List<KeyStatement> keys) {

  public KeyChain {
    keys = List.copyOf(keys);
  }

  /**
   * @param pinned the key that is known, under the log's origin
   * @param statements of all versions from the pinned key's on, in their order; earlier ones do not
   *     matter
   * @throws IllegalArgumentException saying which statement breaks the chain
   */
  public static KeyChain follow(NoteKey pinned, List<Note> statements) {
    var keys = new ArrayList<KeyStatement>();
    @Nullable KeyStatement last = null;
    for (Note note : statements) {
      KeyStatement statement = KeyStatement.parse(note.text());
      if (last == null) {
        if (statement.key().equals(pinned)) {
          requireSigned(note, statement, pinned);
          keys.add(statement);
          last = statement;
        }
        continue;
      }
      if (statement.version() != last.version() + 1
          || !last.key().equals(statement.previous())
          || statement.logSize() < last.logSize()
          || statement.number() < last.number()) {
        throw new IllegalArgumentException(
            "the statement of key %d does not follow that of key %d"
                .formatted(statement.version(), last.version()));
      }
      requireSigned(note, statement, last.key());
      requireSigned(note, statement, statement.key());
      keys.add(statement);
      last = statement;
    }
    if (keys.isEmpty()) {
      throw new IllegalArgumentException("no statement is about the key that is known");
    }
    return new KeyChain(keys);
  }

  /** The key that signs the tenant's checkpoint that the log has at that index. */
  public NoteKey ofNote(long logIndex) {
    return last(statement -> statement.logSize() <= logIndex);
  }

  /** The key that signs the log's checkpoint of that number. */
  public NoteKey ofCheckpoint(long number) {
    return last(statement -> statement.number() <= number);
  }

  /** What was signed before the key that is known has to be believed on that one's word. */
  private NoteKey last(Predicate<KeyStatement> wanted) {
    return keys.reversed().stream().filter(wanted).findFirst().orElse(keys.getFirst()).key();
  }

  private static void requireSigned(Note note, KeyStatement statement, NoteKey by) {
    if (!note.isSignedBy(by)) {
      throw new IllegalArgumentException(
          "the statement of key %d is not signed by %s".formatted(statement.version(), by.vkey()));
    }
  }
}
