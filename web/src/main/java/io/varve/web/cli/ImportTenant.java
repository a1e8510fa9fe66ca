package io.varve.web.cli;

import io.varve.command.ledger.ImportRefusedException;
import io.varve.command.ledger.TenantImport;
import io.varve.command.ledger.TenantImport.Imported;
import io.varve.evidence.bundle.BadBundleException;
import io.varve.evidence.bundle.BundleVerifier;
import io.varve.evidence.bundle.Manifest;
import io.varve.evidence.bundle.VerifiedBundle;
import io.varve.postgres.DatabaseException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Restores a tenant of another installation. */
@Command(
    mixinStandardHelpOptions = true,
    name = "import",
    description = {
      "Restores a tenant of another installation from a bundle of its whole trail. The bundle is",
      "verified first; then all of it is written at once, or nothing. It works beside a Varve",
      "that runs, in which nothing else is written meanwhile."
    },
    footer = {
      "",
      "The tenant keeps its identifiers, numbers and times, so that every proof of the old",
      "installation holds; the new one seals it anew. Personal texts stay sealed: the keys that",
      "open them are not in a bundle. docs/exports.md tells more."
    })
final class ImportTenant implements Callable<Integer> {

  private static final int CONNECTIONS = 2;

  @Parameters(paramLabel = "BUNDLE", description = "The bundle, as it was fetched.")
  private Path bundle = Path.of("");

  @Option(
      names = "--key",
      paramLabel = "KEY",
      required = true,
      description = {
        "The key of the installation that the bundle is from, NAME+ID+BASE64 or a file that holds",
        "it: from somewhere else than the bundle."
      })
  private String key = "";

  @Option(names = "--tenant", paramLabel = "ID", description = "Whose bundle it must be.")
  private @Nullable UUID tenant;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      defaultValue = "data",
      description = "The folder of the installation that gets it (${DEFAULT-VALUE}).")
  private Path data = Path.of("data");

  @Override
  public Integer call() {
    var verifier = new BundleVerifier(Verify.read(key), tenant);
    try (var line = new ProgressLine();
        VerifiedBundle opened =
            verifier.open(bundle, (done, of) -> line.at("verified", done, of))) {
      TenantImport.requireWhole(opened);
      Imported imported;
      try (InstalledDatabase installed = InstalledDatabase.open(data, CONNECTIONS)) {
        imported =
            new TenantImport(installed.database(), Clock.systemUTC())
                .run(opened, (done, of) -> line.at("imported", done, of));
      }
      tell(opened, imported);
      return 0;
    } catch (BadBundleException bad) {
      throw refused("it is not verified: " + bad.getMessage(), bad);
    } catch (ImportRefusedException refused) {
      throw refused(String.valueOf(refused.getMessage()), refused);
    } catch (DatabaseException refused) {
      throw refused("the database refuses: " + Refused.reason(refused), refused);
    } catch (NoSuchFileException missing) {
      throw refused("there is no such file", missing);
    } catch (IOException | UncheckedIOException unreadable) {
      throw refused("it cannot be read: " + unreadable.getMessage(), unreadable);
    }
  }

  private Refused refused(String why, Exception cause) {
    return new Refused("%s is not imported: %s.".formatted(bundle, why), cause);
  }

  private static void tell(VerifiedBundle opened, Imported imported) throws IOException {
    Manifest manifest = opened.verified().manifest();
    System.out.printf(
        "Imported: %d events of the tenant %s, at the positions %d to %d.%n",
        manifest.events(), manifest.tenant(), imported.first(), imported.last());
    if (manifest.personal().sealed() > 0) {
      System.out.printf(
          "  personal    %d sealed texts, which do not open here%n", manifest.personal().sealed());
    }
    System.out.printf(
        "  sealed      until now by %s%n"
            + "Keep the bundle: this checkpoint in it is what the tenant's tree comes to.%n%n%s",
        opened.verified().key().vkey(), opened.checkpointNote());
  }
}
