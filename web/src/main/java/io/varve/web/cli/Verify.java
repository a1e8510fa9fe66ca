package io.varve.web.cli;

import io.varve.evidence.bundle.VerifyBundle;
import io.varve.evidence.note.NoteKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Verifies evidence, trusting a key and nothing else. */
@Command(
    mixinStandardHelpOptions = true,
    name = "verify",
    description = {
      "Verifies a bundle of evidence and says what it proves; or, with --ledger, the whole ledger",
      "of an installation: that no event is missing, changed or out of its place, that every seal",
      "and signature is good and agrees with what is kept outside, and that every recorded change",
      "is the change that was made. Names the first thing that is wrong."
    },
    footer = {
      "",
      "A bundle needs no Varve: evidence/target/verify.jar and a JDK verify it as well. The ledger",
      "is verified beside a Varve that runs. What is trusted is the key alone: take it from",
      "GET /.well-known/varve-seal-keys once, and keep it where nobody can change it together",
      "with the ledger."
    })
final class Verify implements Callable<Integer> {

  @Parameters(
      paramLabel = "BUNDLE",
      arity = "0..1",
      description = "The bundle, as it was fetched; needs --key.")
  private @Nullable Path bundle;

  @Option(
      names = "--key",
      paramLabel = "KEY",
      description = {
        "The key that is trusted, NAME+ID+BASE64 or a file that holds it: from somewhere else than",
        "the bundle. A ledger without it is checked by the first key that it names itself, which",
        "proves less."
      })
  private @Nullable String key;

  @Option(names = "--tenant", paramLabel = "ID", description = "Whose bundle it must be.")
  private @Nullable String tenant;

  @Option(names = "--ledger", description = "The ledger of this installation.")
  private boolean ledger;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      defaultValue = "data",
      description = "The installation's folder (${DEFAULT-VALUE}).")
  private Path data = Path.of("data");

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
    if (ledger == (bundle != null)) {
      throw new Refused("Say what to verify: a bundle, or --ledger.");
    }
    if (bundle == null) {
      NoteKey pinned = key == null ? null : read(key);
      return new VerifyLedger(data, pinned, outside, sealsOnly).run() ? 0 : 1;
    }
    if (key == null) {
      throw new Refused(
          "A bundle is verified with --key: what it says of keys itself is no proof.");
    }
    try (ProgressLine line = new ProgressLine()) {
      return VerifyBundle.run(
          bundle, key, tenant, System.out, System.err, (done, of) -> line.at("events", done, of));
    }
  }

  static NoteKey read(String given) {
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
