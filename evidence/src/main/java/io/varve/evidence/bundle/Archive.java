package io.varve.evidence.bundle;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.EnumMap;
import java.util.Map;

/**
 * A bundle's archive, read so strictly that everybody who reads it sees the same: entries that lie
 * one after the other from the first byte on, stored as they are, under the names of {@link
 * BundleFile} and in their order; then the central directory, which says of each entry what its own
 * header says; then the end, and nothing after it (APPNOTE.TXT 6.3.10, 4.3). What is stored as it
 * is cannot be larger than the archive, so there is nothing to bomb with.
 */
final class Archive implements Closeable {

  private static final int LOCAL = 0x04034b50;
  private static final int DIRECTORY = 0x02014b50;
  private static final int END_64 = 0x06064b50;
  private static final int LOCATOR = 0x07064b50;
  private static final int END = 0x06054b50;

  /** That names are UTF-8, which ours are either way. */
  private static final int UTF_8_NAMES = 0x0800;

  private static final int ZIP64 = 1;

  private final FileChannel channel;
  private final long length;
  private final Map<BundleFile, Stored> entries = new EnumMap<>(BundleFile.class);
  private long at;
  private String after = "its beginning";

  /** An entry as a header tells of it: where that is, and what it holds. */
  private record Stored(BundleFile file, long header, long size, int crc) {}

  private Archive(FileChannel channel) throws IOException {
    this.channel = channel;
    this.length = channel.size();
  }

  /**
   * @throws BadBundleException if it is not the archive of a bundle
   */
  static Archive open(Path file) throws IOException {
    FileChannel channel = FileChannel.open(file, StandardOpenOption.READ);
    try {
      var archive = new Archive(channel);
      archive.locals();
      archive.directory();
      return archive;
    } catch (Throwable failure) {
      channel.close();
      throw failure;
    }
  }

  boolean has(BundleFile file) {
    return entries.containsKey(file);
  }

  long size(BundleFile file) {
    return stored(file).size();
  }

  /** Reads a file from its beginning. Several can be read at once. */
  InputStream read(BundleFile file) {
    Stored stored = stored(file);
    return new Slice(channel, dataOf(stored), stored.size());
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }

  private Stored stored(BundleFile file) {
    Stored stored = entries.get(file);
    if (stored == null) {
      throw new BadBundleException(file.path() + " is missing");
    }
    return stored;
  }

  /**
   * Each local header has a ZIP64 extra field and no other, so it is as long as its name and 50.
   */
  private static long dataOf(Stored stored) {
    return stored.header() + 30 + stored.file().path().length() + 20;
  }

  private void locals() throws IOException {
    while (signature() == LOCAL) {
      Stored entry = local();
      BundleFile file = entry.file();
      require(!has(file), file.path() + " is there twice");
      for (BundleFile later : entries.keySet()) {
        require(later.compareTo(file) < 0, file.path() + " comes after " + later.path());
      }
      entries.put(file, entry);
      after = file.path();
      require(entry.size() <= length - at, "the archive is cut off within " + after);
      at += entry.size();
    }
    require(!entries.isEmpty(), "this is no bundle: it does not begin as one");
    for (BundleFile file : BundleFile.values()) {
      require(has(file) || !file.isAlwaysThere(), file.path() + " is missing");
    }
  }

  private Stored local() throws IOException {
    long header = at;
    ByteBuffer fixed = next(30);
    fixed.position(6);
    int flags = fixed.getShort();
    int method = fixed.getShort();
    fixed.getInt();
    int crc = fixed.getInt();
    int packed = fixed.getInt();
    int size = fixed.getInt();
    BundleFile file = file(fixed.getShort());
    requireStored(file, flags, method);
    ByteBuffer extra = extra(file, fixed.getShort());
    long told = extra.getLong();
    require(
        size == -1 && packed == -1 && told >= 0 && extra.getLong() == told && !extra.hasRemaining(),
        "the sizes of " + file.path() + " contradict one another");
    return new Stored(file, header, told, crc);
  }

  private void directory() throws IOException {
    long begin = at;
    for (Stored local : entries.values()) {
      after = "the directory's entry of " + local.file().path();
      require(signature() == DIRECTORY, "the directory does not list " + local.file().path());
      Stored listed = listed();
      require(
          listed.equals(local), "the directory contradicts the header of " + local.file().path());
    }
    long end = at;
    after = "the directory";
    ByteBuffer sixtyFour = next(56);
    require(
        sixtyFour.getInt(0) == END_64
            && sixtyFour.getLong(4) == 44
            && sixtyFour.getInt(16) == 0
            && sixtyFour.getInt(20) == 0
            && sixtyFour.getLong(24) == entries.size()
            && sixtyFour.getLong(32) == entries.size()
            && sixtyFour.getLong(40) == end - begin
            && sixtyFour.getLong(48) == begin,
        "the directory lists more than there is, or does not end where it should");
    ByteBuffer locator = next(20);
    require(
        locator.getInt(0) == LOCATOR && locator.getInt(4) == 0 && locator.getLong(8) == end,
        "the archive does not end as it should");
    ByteBuffer last = next(22);
    require(
        last.getInt(0) == END && last.getShort(20) == 0 && at == length,
        "something follows the end of the archive");
    // What these say again is either the same or left to what was read above.
    require(
        isOrLeft(last.getShort(8), entries.size(), (short) -1)
            && isOrLeft(last.getShort(10), entries.size(), (short) -1)
            && isOrLeft(last.getInt(12), end - begin, -1)
            && isOrLeft(last.getInt(16), begin, -1),
        "the end of the archive contradicts the directory");
  }

  private Stored listed() throws IOException {
    ByteBuffer fixed = next(46);
    int flags = fixed.getShort(8);
    int method = fixed.getShort(10);
    int crc = fixed.getInt(16);
    int commentLength = fixed.getShort(32);
    BundleFile file = file(fixed.getShort(28));
    requireStored(file, flags, method);
    ByteBuffer extra = extra(file, fixed.getShort(30));
    long size = number(fixed.getInt(24), extra);
    long packed = number(fixed.getInt(20), extra);
    long header = number(fixed.getInt(42), extra);
    // On which disk, which some writers add.
    require(
        size == packed && commentLength == 0 && (extra.remaining() == 0 || extra.remaining() == 4),
        "the directory's entry of " + file.path() + " is not as it should be");
    return new Stored(file, header, size, crc);
  }

  /** What the short form says, or the ZIP64 field where it leaves that to it. */
  private static long number(int shortForm, ByteBuffer extra) {
    if (shortForm != -1) {
      return Integer.toUnsignedLong(shortForm);
    }
    return extra.remaining() < Long.BYTES ? -1 : extra.getLong();
  }

  private static boolean isOrLeft(long told, long is, long left) {
    return told == left || told == is || Integer.toUnsignedLong((int) told) == is;
  }

  private BundleFile file(int nameLength) throws IOException {
    String name = ISO_8859_1.decode(next(Short.toUnsignedInt((short) nameLength))).toString();
    return BundleFile.at(name)
        .orElseThrow(
            () -> new BadBundleException("no bundle has a file named " + Shown.text(name)));
  }

  /** The content of a ZIP64 field, which is the only one. */
  private ByteBuffer extra(BundleFile file, int extraLength) throws IOException {
    ByteBuffer extra = next(Short.toUnsignedInt((short) extraLength));
    require(
        extra.remaining() >= 20
            && extra.getShort() == ZIP64
            && Short.toUnsignedInt(extra.getShort()) == extra.remaining(),
        "the header of %s has other fields than it should".formatted(file.path()));
    return extra;
  }

  private static void requireStored(BundleFile file, int flags, int method) {
    require(
        method == 0 && (flags & ~UTF_8_NAMES) == 0,
        file.path() + " is compressed or encrypted, as no file of a bundle is");
  }

  /** The signature of the header that comes next. */
  private int signature() throws IOException {
    int signature = next(4).getInt();
    at -= 4;
    return signature;
  }

  private ByteBuffer next(int count) throws IOException {
    require(length - at >= count, "the archive is cut off after " + after);
    ByteBuffer buffer = ByteBuffer.allocate(count).order(ByteOrder.LITTLE_ENDIAN);
    while (buffer.hasRemaining() && channel.read(buffer, at + buffer.position()) >= 0) {}
    at += count;
    return buffer.flip();
  }

  private static void require(boolean held, String otherwise) {
    if (!held) {
      throw new BadBundleException(otherwise);
    }
  }

  /** Some of the archive's bytes. */
  private static final class Slice extends InputStream {

    private final FileChannel channel;
    private long at;
    private final long end;

    Slice(FileChannel channel, long begin, long size) {
      this.channel = channel;
      this.at = begin;
      this.end = begin + size;
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] bytes, int offset, int count) throws IOException {
      if (at == end && count > 0) {
        return -1;
      }
      int wanted = (int) Math.min(count, end - at);
      int read = channel.read(ByteBuffer.wrap(bytes, offset, wanted), at);
      if (read < 0) {
        throw new BadBundleException("the archive became shorter while it was read");
      }
      at += read;
      return read;
    }
  }
}
