package io.varve.web.cli;

import io.varve.postgres.cluster.DataFolder;
import io.varve.postgres.vault.KeyFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * Remembers that a folder was restored without its keys: a Varve that starts would make new ones,
 * and could then not read what the old ones had sealed.
 *
 * @param data the installation's folder
 */
record MissingKeys(Path data) {

  void remember() {
    try {
      Files.writeString(
          note(),
          """
          This folder was restored without its keys. Put them into secrets/, or delete this file
          to go on without them: what they have sealed can then never be read again.
          """);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * @throws Refused if they are still missing
   */
  void require() {
    try {
      if (!Files.exists(note())) {
        return;
      }
      if (!haveCome()) {
        throw new Refused(
            ("This folder was restored without its keys: put them into %s, or delete the file %s to"
                    + " go on without what they have sealed.")
                .formatted(DataFolder.secrets(data), note()));
      }
      Files.delete(note());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private boolean haveCome() throws IOException {
    try (Stream<Path> files = Files.list(DataFolder.secrets(data))) {
      return files.anyMatch(file -> String.valueOf(file.getFileName()).startsWith(KeyFile.NAME));
    }
  }

  private Path note() {
    return data.resolve("KEYS-MISSING");
  }
}
