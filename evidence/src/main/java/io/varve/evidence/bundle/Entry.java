package io.varve.evidence.bundle;

import java.io.IOException;
import java.io.OutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** A file of a bundle while it is written or made again: counted and hashed as it goes by. */
final class Entry extends OutputStream {

  private final OutputStream out;
  private final MessageDigest digest = sha256();
  private long size;

  Entry(OutputStream out) {
    this.out = out;
  }

  @Override
  public void write(int b) throws IOException {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    digest.update(bytes, offset, length);
    size += length;
    out.write(bytes, offset, length);
  }

  long size() {
    return size;
  }

  /** Of all that was written; can be asked for once. */
  String sha256Hex() {
    return HexFormat.of().formatHex(digest.digest());
  }

  Manifest.ListedFile listed(BundleFile file) {
    return new Manifest.ListedFile(file.path(), size, sha256Hex());
  }

  static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every Java has SHA-256", impossible);
    }
  }
}
