package io.varve.evidence.bundle;

import io.varve.evidence.bundle.Manifest.PersonalTexts;
import io.varve.evidence.note.NoteKey;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The program that verifies a bundle: {@code java -jar verify.jar BUNDLE --key VKEY}. Nobody who
 * runs it needs anything of Varve but this and the key.
 */
public final class VerifyBundle {

  private static final String USAGE =
      """
      Usage: java -jar verify.jar BUNDLE --key VKEY|FILE [--tenant ID]

        --key VKEY|FILE  the installation's public key, NAME+ID+BASE64, or a file that holds it:
                         have it from somewhere else than the bundle
        --tenant ID      whose bundle it must be

      Says what the bundle proves, and ends with 0; or says what is wrong first, and ends with 1.
      """;

  private VerifyBundle() {}

  public static void main(String... arguments) {
    System.exit(run(List.of(arguments), System.out, System.err));
  }

  static int run(List<String> arguments, PrintStream out, PrintStream err) {
    @Nullable String bundle = null;
    @Nullable String key = null;
    @Nullable String tenant = null;
    for (Iterator<String> each = arguments.iterator(); each.hasNext(); ) {
      String argument = each.next();
      if (argument.equals("--key") && each.hasNext()) {
        key = each.next();
      } else if (argument.equals("--tenant") && each.hasNext()) {
        tenant = each.next();
      } else if (bundle == null && !argument.startsWith("-")) {
        bundle = argument;
      } else {
        err.print(USAGE);
        return argument.equals("--help") ? 0 : 2;
      }
    }
    if (bundle == null || key == null) {
      err.print(USAGE);
      return 2;
    }
    return run(Path.of(bundle), key, tenant, out, err, Progress.NONE);
  }

  /**
   * Verifies and says what came of it.
   *
   * @param key the text form of a key, or the name of a file that has it
   * @return 0 if the bundle is good, and else 1
   */
  public static int run(
      Path bundle,
      String key,
      @Nullable String tenant,
      PrintStream out,
      PrintStream err,
      Progress progress) {
    try {
      var verifier = new BundleVerifier(key(key), tenant == null ? null : UUID.fromString(tenant));
      describe(verifier.verify(bundle, progress), out);
      return 0;
    } catch (BadBundleException bad) {
      err.println(bundle + ": NOT VERIFIED: " + bad.getMessage());
    } catch (IllegalArgumentException notAKey) {
      err.println("The key or the tenant is none: " + notAKey.getMessage());
    } catch (IOException | UncheckedIOException unreadable) {
      err.println(bundle + " cannot be read: " + unreadable.getMessage());
    }
    return 1;
  }

  /**
   * @throws IllegalArgumentException if it is neither a key nor the name of a file that has one
   */
  private static NoteKey key(String keyOrFile) throws IOException {
    if (keyOrFile.indexOf('+') >= 0) {
      return NoteKey.parse(keyOrFile);
    }
    return NoteKey.parse(Files.readString(Path.of(keyOrFile)));
  }

  private static void describe(Verified verified, PrintStream out) {
    Manifest manifest = verified.manifest();
    PersonalTexts personal = manifest.personal();
    out.printf("Verified: %d events of the tenant %s%n", manifest.events(), manifest.tenant());
    out.printf(
        "  sealed      by %s, in its log of %d checkpoints%n",
        verified.key().vkey(), verified.logSize());
    if (verified.leftOut() == 0) {
      out.printf("  complete    all that happened up to number %d%n", manifest.size());
      out.printf(
          "  folded      %d streams without a hole; each diff and each state follows%n",
          manifest.streams());
    } else {
      out.printf(
          "  in part     %d of the first %d events are left out, by what was asked for%n",
          verified.leftOut(), manifest.size());
      out.printf(
          "  NOT PROVEN  that nothing else fits what was asked for; the %d states, which are signed"
              + " but cannot be folded from a part%n",
          manifest.streams());
    }
    out.printf("  personal    %d sealed texts", personal.sealed());
    if (personal.opened() != null) {
      out.printf(
          ", %d told in personal.ndjson, %d erased (signed, but NOT PROVEN)",
          personal.opened(), personal.erased());
    }
    out.println();
    for (UUID erased : personal.withheld()) {
      out.printf("  withheld    what is told of %s, who was erased later%n", erased);
    }
    out.printf(
        "  made        %s, asked for by %s %s%n",
        manifest.made(), manifest.askedBy().kind().text(), manifest.askedBy().id());
    out.printf("  purpose     %s%n", Shown.text(manifest.purpose()));
  }
}
