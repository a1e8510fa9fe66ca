package io.varve.evidence.bundle;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.varve.events.Json;
import io.varve.evidence.checkpoint.Checkpoint;
import io.varve.evidence.key.KeyChain;
import io.varve.evidence.key.KeyStatement;
import io.varve.evidence.merkle.Merkle;
import io.varve.evidence.merkle.Proofs;
import io.varve.evidence.note.Note;
import io.varve.evidence.note.NoteKey;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

/**
 * What is signed of a bundle, checked against a key that is known from elsewhere: the manifest, the
 * tenant's checkpoint, that it is in the log, and the log's checkpoint.
 *
 * @param checkpoint at whose root the events must arrive
 * @param key that signed the log's checkpoint
 */
record Seals(Manifest manifest, Checkpoint checkpoint, NoteKey key, long logSize) {

  private static final int LARGEST = 1 << 22;

  private static final String NUMBER = "number ";

  /** Between two statements stands an empty line; the next does not begin as a signature does. */
  private static final String BETWEEN_NOTES = "(?<=\n)\n(?!\u2014)";

  /**
   * @param pinned the installation's key, or one that vouches for it, under the log's origin
   * @param tenant whose bundle it must be; null for any tenant of the installation
   */
  static Seals of(Archive archive, NoteKey pinned, @Nullable UUID tenant) throws IOException {
    KeyChain chain =
        read(BundleFile.KEY_STATEMENTS, () -> KeyChain.follow(pinned, statements(archive)));
    byte[] manifestBytes = bytes(archive, BundleFile.MANIFEST);
    Manifest manifest =
        read(
            BundleFile.MANIFEST, () -> Json.read(new String(manifestBytes, UTF_8), Manifest.class));
    require(
        manifest.format() == Manifest.FORMAT,
        "the bundle is of format %d, and this verifier knows %d"
            .formatted(manifest.format(), Manifest.FORMAT));
    String origin = pinned.name() + "/" + manifest.tenant();
    require(
        manifest.origin().equals(origin),
        "the bundle is of " + Shown.text(manifest.origin()) + ", and the key of " + pinned.name());
    require(
        tenant == null || tenant.equals(manifest.tenant()),
        "the bundle is of the tenant " + manifest.tenant());
    requireSigned(archive, chain, manifest, manifestBytes);

    Note logNote = note(archive, BundleFile.LOG_CHECKPOINT);
    Checkpoint log = read(BundleFile.LOG_CHECKPOINT, () -> Checkpoint.parse(logNote.text()));
    NoteKey key = read(BundleFile.LOG_CHECKPOINT, () -> chain.ofCheckpoint(number(log)));
    require(log.origin().equals(pinned.name()), "log-checkpoint is of another log");
    require(logNote.isSignedBy(key), "log-checkpoint is not signed by the key");

    Note note = note(archive, BundleFile.CHECKPOINT);
    Checkpoint checkpoint = read(BundleFile.CHECKPOINT, () -> Checkpoint.parse(note.text()));
    LogProof proof =
        read(
            BundleFile.LOG_PROOF,
            () ->
                Json.read(new String(bytes(archive, BundleFile.LOG_PROOF), UTF_8), LogProof.class));
    require(checkpoint.origin().equals(origin), "checkpoint is of another tenant");
    require(
        note.isSignedBy(chain.ofNote(proof.index()).named(origin)),
        "checkpoint is not signed by the key");
    require(proof.size() == log.size(), "log-proof.json is of a log of another size");
    require(
        read(
            BundleFile.LOG_PROOF,
            () ->
                Proofs.verifyInclusion(
                    proof.index(),
                    log.size(),
                    Merkle.leaf(note.bytes()),
                    proof.path(),
                    log.root())),
        "checkpoint is not in the log at the place that log-proof.json tells");
    require(
        checkpoint.size() == manifest.size(), "manifest.json tells another size than checkpoint");
    return new Seals(manifest, checkpoint, key, log.size());
  }

  /** Any key of the chain may have signed it, for it can be made again later. */
  private static void requireSigned(
      Archive archive, KeyChain chain, Manifest manifest, byte[] manifestBytes) throws IOException {
    Note note = note(archive, BundleFile.MANIFEST_NOTE);
    require(
        chain.keys().stream()
            .map(KeyStatement::key)
            .anyMatch(key -> note.isSignedBy(key.named(manifest.origin()))),
        "manifest.note is not signed by the key");
    String sha256 = HexFormat.of().formatHex(Entry.sha256().digest(manifestBytes));
    require(
        note.text().equals(Manifest.noteText(manifest.origin(), manifest.export(), sha256)),
        "manifest.json is not the one that manifest.note was signed for");
  }

  /** Which of the log's checkpoints it is, as it says in a line of its own. */
  private static long number(Checkpoint log) {
    return log.extensions().stream()
        .filter(line -> line.startsWith(NUMBER))
        .map(line -> Long.parseLong(line.substring(NUMBER.length())))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("it has no number"));
  }

  private static List<Note> statements(Archive archive) {
    return Arrays.stream(text(archive, BundleFile.KEY_STATEMENTS).split(BETWEEN_NOTES))
        .map(note -> Note.parse(note.getBytes(UTF_8)))
        .toList();
  }

  private static Note note(Archive archive, BundleFile file) {
    return read(file, () -> Note.parse(bytes(archive, file)));
  }

  private static String text(Archive archive, BundleFile file) {
    return new String(bytes(archive, file), UTF_8);
  }

  private static byte[] bytes(Archive archive, BundleFile file) {
    require(archive.size(file) <= LARGEST, file.path() + " is larger than any is");
    try (InputStream in = archive.read(file)) {
      return in.readAllBytes();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private static <T> T read(BundleFile file, Supplier<T> reading) {
    try {
      return reading.get();
    } catch (JacksonException malformed) {
      throw new BadBundleException(
          "%s is not of its form: %s"
              .formatted(file.path(), Shown.text(malformed.getOriginalMessage())),
          malformed);
    } catch (IllegalArgumentException malformed) {
      throw new BadBundleException(
          "%s: %s".formatted(file.path(), Shown.text(String.valueOf(malformed.getMessage()))),
          malformed);
    }
  }

  private static void require(boolean held, String otherwise) {
    if (!held) {
      throw new BadBundleException(otherwise);
    }
  }
}
