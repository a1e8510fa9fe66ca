package io.varve.web.cli;

import static java.util.Locale.ROOT;

import io.varve.evidence.note.NoteKey;
import io.varve.projections.verify.LedgerVerification;
import io.varve.projections.verify.OutsideCheckpoints;
import io.varve.projections.verify.Progress.Phase;
import io.varve.projections.verify.Verdict;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Verifies the ledger of an installation and tells what was found.
 *
 * @param data the installation's folder
 * @param key that is trusted; null for the first that the ledger names itself
 * @param outside where checkpoints are kept outside of the database; null for where they usually
 *     are
 * @param sealsOnly whether streams are left alone
 */
record VerifyLedger(Path data, @Nullable NoteKey key, @Nullable Path outside, boolean sealsOnly) {

  private static final int CONNECTIONS = 8;

  /**
   * @return whether nothing is wrong
   */
  boolean run() {
    OutsideCheckpoints kept = outsideCheckpoints();
    Verdict verdict;
    try (InstalledDatabase installed = InstalledDatabase.open(data, CONNECTIONS);
        ProgressLine line = new ProgressLine()) {
      verdict =
          new LedgerVerification(
                  installed.database(),
                  kept,
                  (phase, done, total) -> line.at(name(phase), done, total))
              .verify(key, !sealsOnly);
    }
    tell(verdict);
    return verdict.ok();
  }

  private void tell(Verdict verdict) {
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
    if (verdict.erased() > 0) {
      System.out.printf(
          ROOT, "%,d personal fields were erased: their keys are destroyed.%n", verdict.erased());
    }
    if (verdict.logCheckpoints() == 0) {
      System.out.println("Nothing is sealed yet.");
      return;
    }
    if (key == null) {
      System.out.println("The key was the ledger's own word: give one from elsewhere with --key.");
    }
    if (verdict.outside() == 0) {
      System.out.println(
          "Nothing kept outside was compared: whoever has key and database could have made it all.");
    }
  }

  private OutsideCheckpoints outsideCheckpoints() {
    if (outside != null && !Files.isDirectory(outside.resolve("checkpoints"))) {
      throw new Refused("There are no checkpoints in %s.".formatted(outside));
    }
    Path folder = outside == null ? data.resolve("seals") : outside;
    return Files.isDirectory(folder.resolve("checkpoints"))
        ? OutsideCheckpoints.in(folder)
        : OutsideCheckpoints.NONE;
  }

  private static String name(Phase phase) {
    return switch (phase) {
      case SEALS -> "events and seals";
      case TILES -> "tiles of trees";
      case STREAMS -> "streams";
    };
  }
}
