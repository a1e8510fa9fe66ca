package io.varve.projections.seal;

import io.varve.evidence.checkpoint.Origin;
import io.varve.evidence.key.KeyStatement;
import io.varve.evidence.note.Note;
import io.varve.evidence.note.NoteKey;
import io.varve.evidence.note.NoteSigner;
import io.varve.postgres.keyfile.KeyFiles.Version;
import io.varve.projections.seal.SealTables.KeyState;
import java.security.KeyPair;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The keys in their files against those that have signed so far: which one signs now, and what is
 * stated about those that are new. A key in a file that is not the one that signed under its
 * version is refused, and so is a new one that its predecessor does not vouch for.
 */
final class Ring {

  private final SealKeys keys;
  private final String origin;
  private @Nullable KeyState newest;

  /** A key that is new, and the note in which it and its predecessor say so. */
  record Introduction(KeyState key, Note statement) {}

  /**
   * @param signed the keys that have signed so far
   */
  Ring(SealKeys keys, UUID platform, List<KeyState> signed) {
    this.keys = keys;
    this.origin = Origin.ofLog(platform);
    for (KeyState known : signed) {
      requireSame(known);
      this.newest = known;
    }
  }

  /**
   * Who signs next.
   *
   * @param signer the newest key, as the log's
   * @param introductions of the keys that have been added since the last turn
   */
  record Turn(NoteSigner signer, List<Introduction> introductions) {}

  /**
   * The keys as they are now.
   *
   * @param logSize how many leaves the log has
   * @param number of its next checkpoint
   */
  Turn turn(long logSize, long number, Instant at) {
    List<Version<KeyPair>> versions = keys.versions();
    if (versions.isEmpty() || (newest != null && versions.getLast().number() < newest.version())) {
      throw new SealRefusedException("The newest version of the key that seals is missing.");
    }
    var introduced = new ArrayList<Introduction>();
    KeyState last = newest;
    for (Version<KeyPair> version : versions) {
      if (last == null || version.number() > last.version()) {
        Introduction added = introduce(version, last, logSize, number, at);
        introduced.add(added);
        last = added.key();
      }
    }
    return new Turn(new NoteSigner(origin, versions.getLast().key()), introduced);
  }

  /** What was introduced is stored, and need not be again. */
  void taken(Turn turn) {
    if (!turn.introductions().isEmpty()) {
      newest = turn.introductions().getLast().key();
    }
  }

  private Introduction introduce(
      Version<KeyPair> version, @Nullable KeyState before, long logSize, long number, Instant at) {
    var signer = new NoteSigner(origin, version.key());
    int next = before == null ? 1 : before.version() + 1;
    if (version.number() != next) {
      throw new SealRefusedException(
          "Version %d of the key that seals is missing, which would come before version %d."
              .formatted(next, version.number()));
    }
    var statement =
        new KeyStatement(
            next,
            signer.key(),
            before == null ? null : NoteKey.parse(before.vkey()),
            logSize,
            number,
            at);
    Note note =
        before == null
            ? Note.sign(statement.text(), signer)
            : Note.sign(statement.text(), predecessor(before), signer);
    return new Introduction(new KeyState(next, signer.key().vkey()), note);
  }

  private NoteSigner predecessor(KeyState before) {
    return keys.versions().stream()
        .filter(version -> version.number() == before.version())
        .findFirst()
        .map(version -> new NoteSigner(origin, version.key()))
        .orElseThrow(
            () ->
                new SealRefusedException(
                    "Version %d of the key that seals is gone and has not vouched for its successor: put its file back."
                        .formatted(before.version())));
  }

  private void requireSame(KeyState known) {
    for (Version<KeyPair> version : keys.versions()) {
      if (version.number() == known.version()
          && !new NoteSigner(origin, version.key()).key().vkey().equals(known.vkey())) {
        throw new SealRefusedException(
            "Version %d of the key that seals is not the one that has sealed under that version."
                .formatted(known.version()));
      }
    }
  }
}
