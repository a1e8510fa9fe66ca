package io.varve.query.export;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.varve.events.Json;
import io.varve.events.personal.Personal;
import io.varve.evidence.bundle.PersonalLine;
import io.varve.evidence.bundle.SealedTexts;
import io.varve.evidence.ledger.Envelope;
import io.varve.postgres.vault.Vault;
import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/**
 * What the sealed texts of events say, in a file of its own until its turn comes. A text that was
 * not there lately is told again: so memory stays flat.
 */
final class OpenedTexts implements Closeable {

  private static final int REMEMBERED = 50_000;

  private final Vault vault;
  private final UUID tenant;
  private final Path file;
  private final OutputStream out;
  private final Map<Personal, Boolean> lately =
      new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Personal, Boolean> eldest) {
          return size() > REMEMBERED;
        }
      };
  private long opened;
  private long erased;

  OpenedTexts(Vault vault, UUID tenant, Path bundle) throws IOException {
    this.vault = vault;
    this.tenant = tenant;
    this.file = beside(bundle);
    this.out =
        new BufferedOutputStream(
            Files.newOutputStream(file, StandardOpenOption.CREATE_NEW), 1 << 16);
  }

  static Path beside(Path bundle) {
    return bundle.resolveSibling(bundle.getFileName() + ".texts");
  }

  void add(List<Envelope> page) throws IOException {
    Set<Personal> wanted = new LinkedHashSet<>();
    for (Envelope event : page) {
      SealedTexts.in(event.payload().utf8(), wanted::add);
      SealedTexts.in(event.provenance().utf8(), wanted::add);
    }
    wanted.removeIf(text -> lately.put(text, true) != null);
    Map<Personal, String> texts = vault.openAll(tenant, wanted);
    for (Personal sealed : wanted) {
      String text = texts.get(sealed);
      if (text == null) {
        erased++;
      } else {
        opened++;
        out.write((Json.write(new PersonalLine(sealed, text)) + "\n").getBytes(UTF_8));
      }
    }
  }

  long opened() {
    return opened;
  }

  long erased() {
    return erased;
  }

  void copyTo(OutputStream to) throws IOException {
    out.flush();
    Files.copy(file, to);
  }

  @Override
  public void close() throws IOException {
    out.close();
    Files.deleteIfExists(file);
  }
}
