package io.varve.postgres.vault;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.varve.postgres.keyfile.KeyFileException;
import io.varve.postgres.keyfile.KeyFiles;
import io.varve.postgres.keyfile.KeyFiles.Version;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.InstantSource;
import java.util.Optional;
import javax.crypto.KDF;
import javax.crypto.spec.HKDFParameterSpec;

/** The key-encryption key in files: 32 random bytes for each version. */
public final class KeyFile implements KeyEncryptionKey {

  /** The file's name among the secrets of a data folder. */
  public static final String NAME = "key-encryption-key";

  private final KeyFiles<PlainKey> files;

  private KeyFile(KeyFiles<PlainKey> files) {
    this.files = files;
  }

  /**
   * Reads the key; where there is no file, makes one, on the disk for good before it is used.
   *
   * @throws KeyFileException if a file is no key, or if others than its owner may read it
   */
  public static KeyFile open(Path file) {
    var opened = new KeyFile(new KeyFiles<>(file, new PlainKeyForm(), InstantSource.system()));
    opened.version();
    return opened;
  }

  /** The versions there are, without making one. */
  public static KeyFiles<?> files(Path file) {
    return new KeyFiles<>(file, new PlainKeyForm(), InstantSource.system());
  }

  @Override
  public int version() {
    return files.current().number();
  }

  @Override
  public WrappedKey wrap(byte[] plain, byte[] context) {
    Version<PlainKey> current = files.current();
    try (PlainKey key = copy(current)) {
      return new WrappedKey(current.number(), AesGcm.seal(key, plain, context));
    }
  }

  @Override
  public byte[] unwrap(WrappedKey wrapped, byte[] context) {
    Version<PlainKey> version =
        files.version(wrapped.version()).orElseThrow(() -> missing(wrapped.version()));
    try (PlainKey key = copy(version)) {
      return AesGcm.open(key, wrapped.bytes(), context);
    }
  }

  /** By HKDF-SHA-256 (RFC 5869) from version 1. */
  @Override
  public Optional<byte[]> derived(String purpose) {
    return files.version(1).map(first -> derived(first, purpose));
  }

  private static byte[] derived(Version<PlainKey> first, String purpose) {
    try (PlainKey key = copy(first)) {
      return KDF.getInstance("HKDF-SHA256")
          .deriveData(
              HKDFParameterSpec.ofExtract()
                  .addIKM(key)
                  .thenExpand(purpose.getBytes(UTF_8), PlainKey.BYTES));
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  /** A copy, for the key is wiped as soon as its file is seen to be gone. */
  private static PlainKey copy(Version<PlainKey> version) {
    return version.key().copy().orElseThrow(() -> missing(version.number()));
  }

  private static VaultException missing(int version) {
    return new VaultException("There is no key-encryption key of version " + version + ".", null);
  }
}
