package io.varve.projections.seal;

import io.varve.evidence.note.NoteSigner;
import io.varve.postgres.keyfile.KeyFiles;
import io.varve.postgres.keyfile.KeyFiles.Version;
import java.nio.file.Path;
import java.security.KeyPair;
import java.time.InstantSource;
import java.util.List;

/** The Ed25519 keys that sign checkpoints, of which the newest does. */
public final class SealKeys {

  /** The file's name among the secrets of a data folder. */
  public static final String NAME = "seal-key.pem";

  private final KeyFiles<KeyPair> files;

  private SealKeys(KeyFiles<KeyPair> files) {
    this.files = files;
  }

  /** Reads the keys; where there is no file, makes one. */
  public static SealKeys open(Path file, InstantSource clock) {
    var opened = new SealKeys(files(file, clock));
    opened.version();
    return opened;
  }

  /** The versions there are, without making one. */
  public static KeyFiles<KeyPair> files(Path file, InstantSource clock) {
    return new KeyFiles<>(file, new SealKeyForm(), clock);
  }

  /** The version that signs now. */
  public int version() {
    return files.current().number();
  }

  /**
   * Signs as a version of the key does.
   *
   * @throws IllegalStateException if there is no such version
   */
  public NoteSigner signer(int version, String name) {
    return versions().stream()
        .filter(one -> one.number() == version)
        .findFirst()
        .map(one -> new NoteSigner(name, one.key()))
        .orElseThrow(() -> new IllegalStateException("no seal key has version " + version));
  }

  /** All of them, the oldest first. */
  List<Version<KeyPair>> versions() {
    return files.versions();
  }
}
