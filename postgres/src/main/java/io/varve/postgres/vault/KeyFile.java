package io.varve.postgres.vault;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.util.EnumSet;
import java.util.Set;
import javax.crypto.KDF;
import javax.crypto.spec.HKDFParameterSpec;

/** The key-encryption key in a file: 32 random bytes that only the file's owner can read. */
public final class KeyFile implements KeyEncryptionKey {

  private static final int VERSION = 1;
  private static final Set<PosixFilePermission> OWNER_ONLY =
      PosixFilePermissions.fromString("rw-------");

  private final PlainKey key;

  private KeyFile(PlainKey key) {
    this.key = key;
  }

  /**
   * Reads the key; where there is no file, makes one, on the disk for good before it is used.
   *
   * @throws VaultException if the file is no key, or if others than its owner may read it
   */
  public static KeyFile open(Path file) {
    try {
      if (!Files.exists(file)) {
        make(file);
      }
      return new KeyFile(new PlainKey(read(file)));
    } catch (IOException failure) {
      throw new VaultException(
          "The key file " + file + " cannot be read or made: " + failure.getMessage(), failure);
    }
  }

  @Override
  public int version() {
    return VERSION;
  }

  @Override
  public byte[] wrap(byte[] plain, byte[] context) {
    return AesGcm.seal(key, plain, context);
  }

  @Override
  public byte[] unwrap(int version, byte[] wrapped, byte[] context) {
    if (version != VERSION) {
      throw new VaultException("There is no key-encryption key of version " + version + ".", null);
    }
    return AesGcm.open(key, wrapped, context);
  }

  @Override
  public byte[] derive(String purpose) {
    try {
      return KDF.getInstance("HKDF-SHA256")
          .deriveData(
              HKDFParameterSpec.ofExtract()
                  .addIKM(key)
                  .thenExpand(purpose.getBytes(UTF_8), PlainKey.BYTES));
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private static byte[] read(Path file) throws IOException {
    var others = EnumSet.copyOf(Files.getPosixFilePermissions(file));
    others.removeAll(Set.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE));
    if (!others.isEmpty()) {
      throw new VaultException(
          "The key file " + file + " must be readable by its owner alone (chmod 600).", null);
    }
    if (Files.size(file) != PlainKey.BYTES) {
      throw new VaultException(
          "The key file " + file + " must hold exactly " + PlainKey.BYTES + " bytes.", null);
    }
    return Files.readAllBytes(file);
  }

  /** Whole or not at all, and never over a key that another process made meanwhile. */
  private static void make(Path file) throws IOException {
    Path folder = file.toAbsolutePath().getParent();
    Files.createDirectories(folder);
    Path draft =
        Files.createTempFile(folder, ".key", "", PosixFilePermissions.asFileAttribute(OWNER_ONLY));
    try (PlainKey random = PlainKey.random()) {
      try (FileChannel channel = FileChannel.open(draft, StandardOpenOption.WRITE)) {
        channel.write(ByteBuffer.wrap(random.getEncoded()));
        channel.force(true);
      }
      Files.createLink(file, draft);
      try (FileChannel directory = FileChannel.open(folder, StandardOpenOption.READ)) {
        directory.force(true);
      }
    } catch (FileAlreadyExistsException meanwhile) {
      // The other process's key is the key.
    } finally {
      Files.delete(draft);
    }
  }
}
