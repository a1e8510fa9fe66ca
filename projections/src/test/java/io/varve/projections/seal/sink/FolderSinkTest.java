package io.varve.projections.seal.sink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FolderSinkTest {

  private static final Instant AT = Instant.parse("2026-12-31T23:59:59Z");
  private static final Sealed ONE = Sealed.checkpoint(1, AT, "one\n");

  @TempDir private Path folder;
  private FolderSink sink = new FolderSink(Path.of("unused"));

  @BeforeEach
  void open() {
    sink = new FolderSink(folder.resolve("seals"));
  }

  @Test
  void eachNoteIsAReadOnlyFileAndTheNewestIsFound() throws IOException {
    assertThat(sink.newest()).isEmpty();
    sink.put(ONE);
    sink.put(Sealed.key(1, "a key\n"));
    for (int number = 2; number < 12; number++) {
      sink.put(Sealed.checkpoint(number, AT.plusSeconds(number / 9), number + "\n"));
    }
    assertThat(sink.newest()).map(Sealed::note).contains("11\n");
    assertThat(sink.newest()).map(Sealed::number).contains(11L);
    List<Path> files = files();
    assertThat(files)
        .hasSize(12)
        .contains(
            folder.resolve("seals/checkpoints/2026-12-31/0000000000000000001.txt"),
            folder.resolve("seals/checkpoints/2027-01-01/0000000000000000011.txt"),
            folder.resolve("seals/keys/0000000001.txt"));
    for (Path file : files) {
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
          .isEqualTo("r--r--r--");
    }
  }

  @Test
  void theSameAgainChangesNothingAndAnotherIsRefused() throws IOException {
    sink.put(ONE);
    sink.put(ONE);
    for (String other : List.of("two\n", "one\none\n", "on", "")) {
      assertThatThrownBy(() -> sink.put(Sealed.checkpoint(1, AT, other)))
          .isInstanceOf(SinkException.class)
          .hasMessageContaining("says something else");
    }
    assertThat(Files.readString(files().getFirst())).isEqualTo("one\n");
  }

  @Test
  void whatACrashLeftOfAFileIsCompleted() throws IOException {
    for (String left : List.of("", "on", "one\n")) {
      Path file = folder.resolve("seals").resolve(ONE.name());
      Files.createDirectories(file.resolveSibling(""));
      Files.writeString(file, left);
      sink.put(ONE);
      assertThat(Files.readString(file)).isEqualTo("one\n");
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
          .isEqualTo("r--r--r--");
      Files.delete(file);
    }
    Path file = folder.resolve("seals").resolve(ONE.name());
    Files.writeString(file, "not");
    assertThatThrownBy(() -> sink.put(ONE)).isInstanceOf(SinkException.class);
    assertThat(Files.readString(file)).isEqualTo("not");
  }

  @Test
  void aFolderThatCannotBeWrittenIsTold() throws IOException {
    Files.writeString(folder.resolve("seals"), "a file");
    assertThatThrownBy(() -> sink.put(ONE)).isInstanceOf(SinkException.class);
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      return all.filter(Files::isRegularFile).sorted().toList();
    }
  }
}
