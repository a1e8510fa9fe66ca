package io.varve.evidence.bundle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.varve.events.histories.History;
import io.varve.events.outcome.Outcome;
import io.varve.events.outcome.OutcomeEvent.OutcomeDefined;
import io.varve.events.outcome.OutcomeId;
import io.varve.evidence.note.NoteSigner;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.apache.commons.compress.archivers.zip.Zip64Mode;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipArchiveOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An archive is read in one way or not at all. */
class ArchiveTest {

  private static final NoteSigner KEY = Sealed.signer();

  @TempDir private Path folder;

  private byte[] good = {};

  @BeforeEach
  void bundle() throws IOException {
    var outcome = new OutcomeDefined(new OutcomeId(new UUID(1, 1)), "loss", "", null);
    Path file = folder.resolve("good.zip");
    new Sealed(KEY, Sealed.TENANT, List.of(new History(Outcome.STREAM, List.of(outcome))))
        .bundle(file);
    good = Files.readAllBytes(file);
  }

  @Test
  void aBundleThatIsCutOffAnywhereIsRefused() throws IOException {
    for (int length = 0; length < good.length; length += length < 200 ? 1 : 61) {
      byte[] cut = Arrays.copyOf(good, length);
      assertThatThrownBy(() -> verify(cut))
          .isInstanceOf(BadBundleException.class)
          .hasMessageMatching("the archive is cut off (after|within) .*");
    }
    byte[] almost = Arrays.copyOf(good, good.length - 1);
    assertThatThrownBy(() -> verify(almost)).isInstanceOf(BadBundleException.class);
  }

  /** Times and versions are of no consequence; all else that is not content decides. */
  @Test
  void aBitOfTheStructureThatIsChangedIsFoundOrChangesNothing() throws IOException {
    int directory =
        (int)
            ByteBuffer.wrap(good)
                .order(ByteOrder.LITTLE_ENDIAN)
                .getLong(good.length - 22 - 20 - 56 + 48);
    int unnoticed = 0;
    for (int at = directory; at < good.length; at++) {
      byte[] changed = good.clone();
      changed[at] ^= 1;
      try {
        verify(changed);
        unnoticed++;
      } catch (BadBundleException found) {
        assertThat(found).hasMessageNotContaining("\n");
      }
    }
    // Of each entry in the directory: versions, time, disk and attributes.
    assertThat(unnoticed).isLessThanOrEqualTo(BundleFile.values().length * 18 + 12);
  }

  @Test
  void nothingStandsBeforeBetweenOrAfter() throws IOException {
    byte[] before = new byte[good.length + 1];
    System.arraycopy(good, 0, before, 1, good.length);
    assertThatThrownBy(() -> verify(before))
        .hasMessage("this is no bundle: it does not begin as one");
    byte[] after = Arrays.copyOf(good, good.length + 1);
    assertThatThrownBy(() -> verify(after)).hasMessage("something follows the end of the archive");
    byte[] comment = after.clone();
    comment[good.length - 2] = 1;
    assertThatThrownBy(() -> verify(comment))
        .hasMessage("something follows the end of the archive");
  }

  @Test
  void theDirectorySaysWhatTheHeadersSay() throws IOException {
    byte[] renamed = good.clone();
    int directory = indexOf(renamed, new byte[] {'P', 'K', 1, 2}, 0);
    renamed[directory + 46 + 7] ^= 1;
    assertThatThrownBy(() -> verify(renamed)).hasMessageStartingWith("no bundle has a file named");
    byte[] crc = good.clone();
    crc[directory + 16] ^= 1;
    assertThatThrownBy(() -> verify(crc))
        .hasMessage("the directory contradicts the header of events.ndjson");
    byte[] elsewhere = good.clone();
    elsewhere[directory + 42] ^= 1;
    assertThatThrownBy(() -> verify(elsewhere))
        .hasMessage("the directory contradicts the header of events.ndjson");
  }

  @Test
  void whatIsCompressedIsRefusedBeforeAByteOfItIsUnpacked() throws IOException {
    var bytes = new ByteArrayOutputStream();
    try (var zip = new ZipOutputStream(bytes)) {
      zip.putNextEntry(new ZipEntry("events.ndjson"));
      for (int i = 0; i < 64; i++) {
        zip.write(new byte[1 << 20]);
      }
      zip.closeEntry();
    }
    assertThat(bytes.size()).isLessThan(100_000);
    assertThatThrownBy(() -> verify(bytes.toByteArray()))
        .hasMessage("events.ndjson is compressed or encrypted, as no file of a bundle is");
  }

  @Test
  void whatSaysItIsLargerThanTheArchiveIsCutOff() {
    byte[] bomb = good.clone();
    ByteBuffer sizes = ByteBuffer.wrap(bomb).order(ByteOrder.LITTLE_ENDIAN);
    int extra = 30 + "events.ndjson".length() + 4;
    sizes.putLong(extra, 1L << 60).putLong(extra + 8, 1L << 60);
    assertThatThrownBy(() -> verify(bomb))
        .hasMessage("the archive is cut off within events.ndjson");
    sizes.putLong(extra, -1).putLong(extra + 8, -1);
    assertThatThrownBy(() -> verify(bomb))
        .hasMessage("the sizes of events.ndjson contradict one another");
  }

  @Test
  void seventyThousandEntriesOrAnyOtherArchiveIsNoBundle() throws IOException {
    var bytes = new ByteArrayOutputStream();
    try (var zip = new ZipOutputStream(bytes)) {
      for (int i = 0; i < 70_000; i++) {
        var entry = new ZipEntry("f" + i);
        entry.setMethod(ZipEntry.STORED);
        entry.setSize(0);
        entry.setCrc(new CRC32().getValue());
        zip.putNextEntry(entry);
      }
    }
    assertThatThrownBy(() -> verify(bytes.toByteArray()))
        .hasMessage("no bundle has a file named \"f0\"");
    assertThatThrownBy(() -> verify("hello, world".getBytes(StandardCharsets.UTF_8)))
        .isInstanceOf(BadBundleException.class);
  }

  @Test
  void filesOfMoreThanFourGibibytesAreFound() throws IOException {
    Path file = folder.resolve("large.zip");
    long size = 5L << 30;
    Map<String, byte[]> files = Zip.read(folder.resolve("good.zip")).files();
    try (FileChannel channel =
            FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        var zip = new ZipArchiveOutputStream(new Sparse(channel))) {
      zip.setMethod(ZipArchiveOutputStream.STORED);
      zip.setUseZip64(Zip64Mode.AlwaysWithCompatibility);
      for (String name : files.keySet()) {
        zip.putArchiveEntry(new ZipArchiveEntry(name));
        byte[] zeros = new byte[Sparse.HOLE];
        for (long at = 0; name.equals("events.csv") && at < size; at += zeros.length) {
          zip.write(zeros);
        }
        zip.closeArchiveEntry();
      }
    }

    try (Archive archive = Archive.open(file)) {
      assertThat(archive.size(BundleFile.EVENTS_CSV)).isEqualTo(size);
      assertThat(archive.read(BundleFile.EVENTS_CSV).readNBytes(100)).containsOnly(0);
      assertThat(archive.size(BundleFile.MANIFEST_NOTE)).isZero();
    }
  }

  private void verify(byte[] bundle) throws IOException {
    Path file = Files.write(folder.resolve("changed.zip"), bundle);
    new BundleVerifier(KEY.key(), null).verify(file, Progress.NONE);
  }

  private static int indexOf(byte[] bytes, byte[] wanted, int from) {
    int at = from;
    while (!Arrays.equals(bytes, at, at + wanted.length, wanted, 0, wanted.length)) {
      at++;
    }
    return at;
  }

  /** Leaves holes in the file where much is written at once. */
  private static final class Sparse implements SeekableByteChannel {

    static final int HOLE = 1 << 24;

    private final FileChannel channel;

    Sparse(FileChannel channel) {
      this.channel = channel;
    }

    @Override
    public int write(ByteBuffer bytes) throws IOException {
      if (bytes.remaining() < HOLE) {
        return channel.write(bytes);
      }
      int count = bytes.remaining();
      bytes.position(bytes.limit());
      channel.position(channel.position() + count);
      return count;
    }

    @Override
    public int read(ByteBuffer bytes) throws IOException {
      return channel.read(bytes);
    }

    @Override
    public long position() throws IOException {
      return channel.position();
    }

    @Override
    public SeekableByteChannel position(long position) throws IOException {
      channel.position(position);
      return this;
    }

    @Override
    public long size() throws IOException {
      return channel.size();
    }

    @Override
    public SeekableByteChannel truncate(long size) throws IOException {
      channel.truncate(size);
      return this;
    }

    @Override
    public boolean isOpen() {
      return channel.isOpen();
    }

    @Override
    public void close() throws IOException {
      channel.close();
    }
  }
}
