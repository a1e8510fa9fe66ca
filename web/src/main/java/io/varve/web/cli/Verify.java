package io.varve.web.cli;

import static java.util.Locale.ROOT;

import io.varve.evidence.note.NoteKey;
import io.varve.projections.verify.LedgerVerification;
import io.varve.projections.verify.OutsideCheckpoints;
import io.varve.projections.verify.Verdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
    mixinStandardHelpOptions = true,
    name = "verify",
    description = {
      "Verifies a whole ledger: that no event is missing, changed or out of its place, that every",
      "seal and signature is good and agrees with what is kept outside, and that every recorded",
      "change is the change that was made. Names the first thing that is wrong."
    },
    footer = {
      "",
      "Runs beside a Varve that runs. What is trusted is the key alone: take it from",
      "GET /.well-known/varve-seal-keys once, and keep it where nobody can change it together",
      "with the ledger."
    })
final class Verify implements Callable<Integer> {

  private static final int CONNECTIONS = 8;

  @Option(names = "--ledger", description = "The ledger of this installation.")
  private boolean ledger;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      defaultValue = "data",
      description = "The installation's folder (${DEFAULT-VALUE}).")
  private Path data = Path.of("data");

  @Option(
      names = "--key",
      paramLabel = "KEY",
      description = {
        "The key that is trusted, NAME+ID+BASE64 or a file that holds it. Without it, the first key",
        "that the ledger names itself, which proves less."
      })
  private @Nullable String key;

  @Option(
      names = "--outside",
      paramLabel = "DIR",
      description = "Where checkpoints are kept outside of the database (DIR/seals of the data).")
  private @Nullable Path outside;

  @Option(
      names = "--seals-only",
      description = "Leaves out folding every stream, which takes the longest.")
  private boolean sealsOnly;

  @Override
  public Integer call() {
    if (!ledger) {
      throw new Refused("Say what to verify: --ledger.");
    }
    NoteKey pinned = key == null ? null : read(key);
    OutsideCheckpoints kept = outside();
    Verdict verdict = verify(pinned, kept);
    tell(verdict, pinned != null);
    return verdict.ok() ? 0 : 1;
  }

  private Verdict verify(@Nullable NoteKey pinned, OutsideCheckpoints kept) {
    try (InstalledDatabase installed = InstalledDatabase.open(data, CONNECTIONS);
        ProgressLine line = new ProgressLine()) {
      return new LedgerVerification(installed.database(), kept, line).verify(pinned, !sealsOnly);
    }
  }

  private void tell(Verdict verdict, boolean isPinned) {
    if (verdict.fault().isPresent()) {
      System.out.println("NOT AS IT WAS SEALED: " + verdict.fault().get() + ".");
      return;
    }
    System.out.printf(
        ROOT,
        "Verified: %,d events of %,d tenants, %,d of them sealed; %,d checkpoints of tenants and %,d"
            + " of the log, %,d compared with what is kept outside%s.%n",
        verdict.events(),
        verdict.tenants(),
        verdict.sealed(),
        verdict.checkpoints(),
        verdict.logCheckpoints(),
        verdict.outside(),
        sealsOnly ? "" : "; %,d streams folded again".formatted(verdict.streams()));
    if (verdict.logCheckpoints() == 0) {
      System.out.println("Nothing is sealed yet.");
      return;
    }
    if (!isPinned) {
      System.out.println("The key was the ledger's own word: give one from elsewhere with --key.");
    }
    if (verdict.outside() == 0) {
      System.out.println(
          "Nothing kept outside was compared: whoever has key and database could have made it all.");
    }
  }

  private OutsideCheckpoints outside() {
    if (outside != null && !Files.isDirectory(outside.resolve("checkpoints"))) {
      throw new Refused("There are no checkpoints in %s.".formatted(outside));
    }
    Path folder = outside == null ? data.resolve("seals") : outside;
    return Files.isDirectory(folder.resolve("checkpoints"))
        ? OutsideCheckpoints.in(folder)
        : OutsideCheckpoints.NONE;
  }

  private static NoteKey read(String given) {
    try {
      boolean isFile = !given.contains("+") || Files.isRegularFile(Path.of(given));
      return NoteKey.parse(isFile ? Files.readString(Path.of(given)) : given);
    } catch (IOException unreadable) {
      throw new Refused("The key %s cannot be read.".formatted(given), unreadable);
    } catch (IllegalArgumentException malformed) {
      throw new Refused("--key is no key: %s.".formatted(malformed.getMessage()), malformed);
    }
  }
}
