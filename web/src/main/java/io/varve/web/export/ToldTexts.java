package io.varve.web.export;

import io.varve.command.Commands;
import io.varve.command.Terms;
import io.varve.command.export.RedactExport;
import io.varve.events.export.Export;
import io.varve.events.hold.HoldId;
import io.varve.evidence.bundle.BundleFile;
import io.varve.evidence.bundle.BundleWriter.Finished;
import io.varve.postgres.Database;
import io.varve.postgres.Scope;
import io.varve.postgres.ledger.Holds;
import io.varve.postgres.ledger.LedgerReader;
import io.varve.query.export.BundleMaking;
import io.varve.web.auth.Callers;
import io.varve.web.erasure.ErasedSubject;
import io.varve.web.export.ExportJobs.Job;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * What bundles tell of people in the clear. Once somebody is erased, such a bundle is made again
 * from the same checkpoint, and as the key is gone it tells nothing of them. One that was made for
 * a legal hold that stands is left as it is.
 */
final class ToldTexts implements ErasedSubject {

  private final LedgerReader ledger;
  private final Holds holds;
  private final BundleMaking making;
  private final BundleMaking.Signers signers;
  private final Commands commands;
  private final ExportJobs jobs;
  private final BundleFolder folder;

  ToldTexts(
      Database database,
      Holds holds,
      BundleMaking making,
      BundleMaking.Signers signers,
      Commands commands,
      ExportJobs jobs,
      BundleFolder folder) {
    this.ledger = new LedgerReader(database);
    this.holds = holds;
    this.making = making;
    this.signers = signers;
    this.commands = commands;
    this.jobs = jobs;
    this.folder = folder;
  }

  @Override
  public String what() {
    return "exports";
  }

  @Override
  public long count(UUID tenant, UUID subject) {
    return telling(tenant, subject).size();
  }

  @Override
  public long forget(UUID tenant, UUID subject) {
    List<Export> telling = telling(tenant, subject);
    telling.forEach(export -> redact(tenant, subject, export));
    return telling.size();
  }

  private void redact(UUID tenant, UUID subject, Export export) {
    UUID id = export.id().value();
    try {
      Instant asked = ledger.stream(Scope.command(tenant), tenant, id, 0, 1).getFirst().at();
      Path part = folder.begin(tenant, id, UUID.randomUUID());
      try {
        Finished finished =
            making.make(tenant, export, asked, subject, part, signers, (done, of) -> {});
        folder.finish(part, tenant, id, finished.sha256());
        commands.send(
            Callers.exporter(tenant),
            new RedactExport(export.id(), subject, ExportRunner.bundle(finished)),
            Terms.NONE);
        Files.deleteIfExists(file(tenant, export));
      } finally {
        BundleFolder.discard(part);
      }
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private List<Export> telling(UUID tenant, UUID subject) {
    List<HoldId> standing = holds.standing(tenant).stream().map(hold -> hold.id()).toList();
    return jobs.kept().stream()
        .filter(job -> job.tenant().equals(tenant))
        .map(this::export)
        .filter(export -> export.personal() == Export.Personal.OPENED)
        .filter(export -> !standing.contains(export.scope().hold()))
        .filter(export -> tells(file(tenant, export), subject))
        .toList();
  }

  private Export export(Job job) {
    return ledger
        .state(Scope.command(job.tenant()), Export.STREAM, job.tenant(), job.id())
        .orElseThrow();
  }

  private Path file(UUID tenant, Export export) {
    Export.Bundle bundle = export.bundle();
    if (bundle == null) {
      throw new IllegalStateException("a completed export has a bundle");
    }
    return folder.bundle(tenant, export.id().value(), bundle.sha256());
  }

  /** A tenant that was imported has left its bundles behind. */
  private static boolean tells(Path bundle, UUID subject) {
    if (!Files.exists(bundle)) {
      return false;
    }
    String text = "{\"sealed\":\"personal:1:" + subject + ":";
    try (var zip = new ZipFile(bundle.toFile())) {
      ZipEntry entry = zip.getEntry(BundleFile.PERSONAL.path());
      try (var lines =
          new BufferedReader(
              new InputStreamReader(zip.getInputStream(entry), StandardCharsets.UTF_8))) {
        return lines.lines().anyMatch(line -> line.startsWith(text));
      }
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}
