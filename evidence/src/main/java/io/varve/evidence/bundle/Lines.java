package io.varve.evidence.bundle;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/** The lines of a file, each as its bytes, and the hash of all of them. */
final class Lines implements Closeable {

  private static final int BUFFER = 1 << 18;

  /** Far more than an event can have. */
  private static final int LONGEST = 1 << 26;

  private final BundleFile file;
  private final InputStream in;
  private final @Nullable MessageDigest digest;
  private byte[] buffer = new byte[BUFFER];
  private int begin;
  private int end;
  private int lineLength;
  private long number;

  private Lines(BundleFile file, InputStream in, @Nullable MessageDigest digest) {
    this.file = file;
    this.in = in;
    this.digest = digest;
  }

  static Lines hashed(Archive archive, BundleFile file) {
    return new Lines(file, archive.read(file), Entry.sha256());
  }

  static Lines of(Archive archive, BundleFile file) {
    return new Lines(file, archive.read(file), null);
  }

  /**
   * Goes to the next line.
   *
   * @return whether there is one
   * @throws BadBundleException if it does not end, or only far away
   */
  boolean next() throws IOException {
    begin += number == 0 ? 0 : lineLength + 1;
    int searched = begin;
    while (true) {
      for (int i = searched; i < end; i++) {
        if (buffer[i] == '\n') {
          lineLength = i - begin;
          number++;
          return true;
        }
      }
      int unfinished = end - begin;
      if (!fill()) {
        if (unfinished == 0) {
          begin = end;
          lineLength = -1;
          return false;
        }
        throw new BadBundleException("the last line of %s does not end".formatted(file.path()));
      }
      searched = begin + unfinished;
    }
  }

  /** Counts from 1. */
  long number() {
    return number;
  }

  /** Without its newline. */
  byte[] line() {
    return Arrays.copyOfRange(buffer, begin, begin + lineLength);
  }

  /** Of the whole file, once all lines were read. */
  String sha256Hex() {
    if (digest == null) {
      throw new IllegalStateException("not hashed");
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  @Override
  public void close() throws IOException {
    in.close();
  }

  private boolean fill() throws IOException {
    int unfinished = end - begin;
    if (unfinished == buffer.length) {
      if (unfinished >= LONGEST) {
        throw new BadBundleException(
            "line %d of %s is too long".formatted(number + 1, file.path()));
      }
      buffer = Arrays.copyOfRange(buffer, begin, begin + 2 * buffer.length);
    } else {
      System.arraycopy(buffer, begin, buffer, 0, unfinished);
    }
    begin = 0;
    end = unfinished;
    int read = in.read(buffer, end, buffer.length - end);
    if (read < 0) {
      return false;
    }
    if (digest != null) {
      digest.update(buffer, end, read);
    }
    end += read;
    return true;
  }
}
