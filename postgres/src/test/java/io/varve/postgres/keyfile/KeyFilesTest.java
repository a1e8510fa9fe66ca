package io.varve.postgres.keyfile;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.varve.postgres.keyfile.KeyFiles.Version;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeyFilesTest {

  private static final Instant NOW = Instant.parse("2026-11-21T22:50:01Z");

  @TempDir Path folder;

  /** Ten letters that say nothing. */
  private static final class Words implements KeyForm<String> {

    final ConcurrentLinkedQueue<byte[]> seen = new ConcurrentLinkedQueue<>();
    final ConcurrentLinkedQueue<String> wiped = new ConcurrentLinkedQueue<>();

    @Override
    public byte[] make() {
      byte[] content = Long.toString(System.nanoTime()).repeat(3).substring(0, 10).getBytes(UTF_8);
      seen.add(content);
      return content;
    }

    @Override
    public String read(byte[] content) {
      seen.add(content);
      if (content.length != 10) {
        throw new IllegalArgumentException("must hold ten letters");
      }
      return new String(content, UTF_8);
    }

    @Override
    public void wipe(String key) {
      wiped.add(key);
    }
  }

  private final Words words = new Words();

  @Test
  void theFirstVersionIsMadeWhenItIsNeededForItsOwnerAlone() throws IOException {
    KeyFiles<String> files = files();
    assertThat(files.versions()).isEmpty();
    Version<String> first = files.current();
    assertThat(first).isEqualTo(new Version<>(1, NOW, Files.readString(key(1))));
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(key(1))))
        .isEqualTo("rw-------");
    assertThat(names()).containsExactly("key");
    assertThat(files().current()).isEqualTo(first);
  }

  @Test
  void aFileThatWasThereBeforeIsVersionOne() throws IOException {
    write(1, "0123456789");
    KeyFiles<String> files = files();
    assertThat(files.current().key()).isEqualTo("0123456789");
    assertThat(files.add().number()).isEqualTo(2);
    assertThat(files.version(1).orElseThrow().key()).isEqualTo("0123456789");
    assertThat(files.current().number()).isEqualTo(2);
  }

  @Test
  void onlyNumberedFilesOfItsNameAreVersions() throws IOException {
    for (String other : List.of("key.1", "key.02", "key.2.bak", "key.x", "key2", ".key1", "akey")) {
      Files.writeString(folder.resolve(other), "0123456789");
    }
    write(10, "abcdefghij");
    assertThat(files().versions()).extracting(Version::number).containsExactly(10);
    assertThat(files().add().number()).isEqualTo(11);
  }

  @Test
  void ofManyWhoAddAVersionAtOnceEachAddsOneAndAllAreWhole() throws Exception {
    write(1, "0123456789");
    List<Integer> added = new ArrayList<>();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Integer>> adding =
          IntStream.range(0, 12)
              .mapToObj(i -> threads.submit(() -> files().add().number()))
              .toList();
      for (Future<Integer> one : adding) {
        added.add(one.get());
      }
    }
    assertThat(added).containsExactlyInAnyOrderElementsOf(IntStream.range(2, 14).boxed().toList());
    assertThat(files().versions()).hasSize(13);
    assertThat(names()).hasSize(13).noneMatch(name -> name.startsWith("."));
  }

  @Test
  void ofManyWhoMakeTheFirstVersionAtOnceAllUseOne() throws Exception {
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<Version<String>>> made =
          IntStream.range(0, 12).mapToObj(i -> threads.submit(() -> files().current())).toList();
      for (Future<Version<String>> one : made) {
        assertThat(one.get()).isEqualTo(files().current());
      }
    }
    assertThat(names()).containsExactly("key");
  }

  @Test
  void aVersionThatAnotherProcessAddsIsKnownAtOnceWhenAskedForAndCurrentWithinSeconds() {
    KeyFiles<String> running = files();
    running.current();
    Version<String> added = files().add();
    assertThat(running.version(2)).contains(added);
    Version<String> next = files().add();
    await().atMost(5, SECONDS).until(() -> running.current().equals(next));
    assertThat(running.version(4)).isEmpty();
  }

  @Test
  void anOlderVersionIsWipedWhenItsFileIsGoneAndTheNewestIsNot() throws IOException {
    KeyFiles<String> running = files();
    String first = running.current().key();
    running.add();
    Files.delete(key(1));
    Files.delete(key(2));
    assertThat(running.version(3)).isEmpty();
    assertThat(running.versions()).extracting(Version::number).containsExactly(1, 2);
    Version<String> next = running.add();
    assertThat(next.number()).isEqualTo(3);
    assertThat(running.versions()).containsExactly(next);
    assertThat(words.wiped).hasSize(2).contains(first);
  }

  @Test
  void whatPassedThroughMemoryIsWiped() {
    KeyFiles<String> files = files();
    files.current();
    files.add();
    assertThat(words.seen).hasSize(4).allMatch(KeyFilesTest::isZero);
  }

  @Test
  void aFileThatOthersMayReadOrThatIsNoKeyIsRefusedInOneSentence() throws IOException {
    write(1, "0123456789");
    Files.setPosixFilePermissions(key(1), PosixFilePermissions.fromString("rw-r-----"));
    assertThatThrownBy(this::files)
        .isInstanceOf(KeyFileException.class)
        .hasMessage("The key file %s must be readable by its owner alone (chmod 600).", key(1));
    Files.setPosixFilePermissions(key(1), PosixFilePermissions.fromString("r--------"));
    assertThat(files().current().number()).isEqualTo(1);
    write(2, "short");
    assertThatThrownBy(this::files)
        .isInstanceOf(KeyFileException.class)
        .hasMessage("The key file %s must hold ten letters.", key(2));
  }

  @Test
  void whoRunsGoesOnWithWhatItHasWhenANewFileCannotBeUsed() throws IOException {
    KeyFiles<String> running = files();
    Version<String> first = running.current();
    write(2, "short");
    assertThat(running.version(2)).isEmpty();
    assertThat(running.current()).isEqualTo(first);
    Files.delete(key(2));
    Version<String> second = files().add();
    assertThat(running.version(2)).contains(second);
  }

  private KeyFiles<String> files() {
    return new KeyFiles<>(key(1), words, InstantSource.fixed(NOW));
  }

  private Path key(int number) {
    return folder.resolve(number == 1 ? "key" : "key." + number);
  }

  private void write(int number, String content) throws IOException {
    Files.writeString(key(number), content);
    Files.setPosixFilePermissions(key(number), PosixFilePermissions.fromString("rw-------"));
  }

  private List<String> names() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> String.valueOf(file.getFileName())).sorted().toList();
    }
  }

  private static boolean isZero(byte[] bytes) {
    return IntStream.range(0, bytes.length).allMatch(i -> bytes[i] == 0);
  }
}
