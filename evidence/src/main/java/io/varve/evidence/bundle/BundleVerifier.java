package io.varve.evidence.bundle;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.varve.events.Json;
import io.varve.evidence.bundle.Manifest.ListedFile;
import io.varve.evidence.note.NoteKey;
import java.io.IOException;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

/**
 * Verifies a bundle, with nothing but a key that is known from elsewhere. It reads the bundle as a
 * stream, twice or more, and takes nothing that the bundle says for true before it has checked it.
 */
public final class BundleVerifier {

  /** Whose hashes are made while they are read. */
  private static final Set<BundleFile> READ_BELOW =
      EnumSet.of(
          BundleFile.EVENTS,
          BundleFile.EVENTS_CSV,
          BundleFile.STATE,
          BundleFile.PERSONAL,
          BundleFile.GAPS);

  private final NoteKey pinned;
  private final @Nullable UUID tenant;

  /**
   * @param pinned the installation's key, or an older one that vouches for it, under the log's
   *     origin
   * @param tenant whose bundle it must be; null for any tenant of the installation
   */
  public BundleVerifier(NoteKey pinned, @Nullable UUID tenant) {
    this.pinned = pinned;
    this.tenant = tenant;
  }

  /**
   * @throws BadBundleException saying what is wrong first
   */
  public Verified verify(Path bundle, Progress progress) throws IOException {
    try (VerifiedBundle opened = open(bundle, progress)) {
      return opened.verified();
    }
  }

  /**
   * Verifies a bundle and leaves it open, to be read from.
   *
   * @throws BadBundleException saying what is wrong first
   */
  public VerifiedBundle open(Path bundle, Progress progress) throws IOException {
    Archive archive = Archive.open(bundle);
    try {
      Seals seals = Seals.of(archive, pinned, tenant);
      return new VerifiedBundle(archive, check(archive, seals, progress), seals.checkpoint());
    } catch (Throwable failure) {
      archive.close();
      throw failure;
    }
  }

  private static Verified check(Archive archive, Seals seals, Progress progress)
      throws IOException {
    Manifest manifest = seals.manifest();
    Listed.check(archive, manifest);
    for (ListedFile file : manifest.files()) {
      BundleFile named = BundleFile.at(file.name()).orElseThrow();
      if (!READ_BELOW.contains(named)) {
        Listed.require(manifest, named, Listed.hash(archive, named));
      }
    }
    states(archive, manifest);
    personal(archive, manifest);
    var events = new Events(archive, manifest, seals.checkpoint());
    events.check(progress);
    if (manifest.complete()) {
      new Folds(archive, manifest, events.begunStreams()).check(progress);
    }
    return new Verified(
        manifest, seals.key(), seals.logSize(), events.leftOut(), manifest.complete());
  }

  private static void states(Archive archive, Manifest manifest) throws IOException {
    Lines lines = Lines.hashed(archive, BundleFile.STATE);
    try (States states = new States(lines)) {
      long count = 0;
      while (states.next() != null) {
        count++;
      }
      if (count != manifest.streams()) {
        throw new BadBundleException("manifest.json tells of another number of states");
      }
      Listed.require(manifest, BundleFile.STATE, lines.sha256Hex());
    }
  }

  private static void personal(Archive archive, Manifest manifest) throws IOException {
    if (!archive.has(BundleFile.PERSONAL)) {
      if (manifest.personal().opened() != null) {
        throw new BadBundleException("personal.ndjson is missing");
      }
      return;
    }
    try (Lines lines = Lines.hashed(archive, BundleFile.PERSONAL)) {
      long count = 0;
      while (lines.next()) {
        count = lines.number();
        try {
          Json.read(new String(lines.line(), UTF_8), PersonalLine.class);
        } catch (JacksonException malformed) {
          throw new BadBundleException(
              "line %d of personal.ndjson is not of its form".formatted(count), malformed);
        }
      }
      if (!Objects.equals(manifest.personal().opened(), count)) {
        throw new BadBundleException("manifest.json tells of another number of opened texts");
      }
      Listed.require(manifest, BundleFile.PERSONAL, lines.sha256Hex());
    }
  }
}
