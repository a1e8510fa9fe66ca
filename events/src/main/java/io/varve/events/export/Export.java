package io.varve.events.export;

import static java.util.Objects.requireNonNull;

import io.varve.events.State;
import io.varve.events.StreamDefinition;
import io.varve.events.UniqueValue;
import io.varve.events.export.ExportEvent.ExportCancelled;
import io.varve.events.export.ExportEvent.ExportCompleted;
import io.varve.events.export.ExportEvent.ExportDownloaded;
import io.varve.events.export.ExportEvent.ExportExpired;
import io.varve.events.export.ExportEvent.ExportFailed;
import io.varve.events.export.ExportEvent.ExportRedacted;
import io.varve.events.export.ExportEvent.ExportRequested;
import io.varve.events.provenance.Actor;
import io.varve.events.rule.Rules;
import java.util.Collections;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A bundle of evidence: what was asked for, and what became of it.
 *
 * @param purpose why, in the words of who asked
 * @param bundle what was made; null until then
 * @param failure why it could not be made; null if it was not tried or could be
 * @param withheld those who were erased since, of whom the bundle tells no more
 * @param downloads how often bytes of the bundle were handed out
 */
public record Export(
    ExportId id,
    ExportScope scope,
    String purpose,
    Personal personal,
    Actor askedBy,
    Status status,
    @Nullable Bundle bundle,
    @Nullable String failure,
    SortedSet<UUID> withheld,
    long downloads)
    implements State {

  public static final StreamDefinition<Export, ExportEvent> STREAM =
      new StreamDefinition<>("export", Export.class, ExportEvent.class, Export::evolve);

  public static final int MAX_PURPOSE = 500;

  /** The kind of the value that an export has in its tenant until it is made: its id. */
  public static final String PENDING = "export.pending";

  /** The kind of the value that an export has in its tenant while there is a bundle: its id. */
  public static final String KEPT = "export.kept";

  /** What becomes of sealed personal texts. */
  public enum Personal {
    SEALED,
    /** A file of the bundle tells what they say. */
    OPENED
  }

  /** How far it has come. */
  public enum Status {
    REQUESTED,
    COMPLETED,
    FAILED,
    CANCELLED,
    EXPIRED
  }

  /**
   * What was made.
   *
   * @param size in bytes
   * @param sha256 of its manifest, which has those of all other files
   * @param events how many there are in it
   * @param upTo the size of the checkpoint: among how many events they were chosen
   * @param complete whether nothing of those is left out
   */
  public record Bundle(long size, String sha256, long events, long upTo, boolean complete) {}

  public Export {
    withheld = Collections.unmodifiableSortedSet(new TreeSet<>(withheld));
  }

  static Export evolve(@Nullable Export export, ExportEvent event) {
    if (event instanceof ExportRequested e) {
      return new Export(
          e.id(),
          e.scope(),
          e.purpose(),
          e.personal(),
          e.askedBy(),
          Status.REQUESTED,
          null,
          null,
          new TreeSet<>(),
          0);
    }
    Export was = requireNonNull(export);
    return switch (event) {
      case ExportRequested e -> throw new IllegalStateException("an export is asked for once");
      case ExportCompleted e -> was.becoming(Status.COMPLETED, e.bundle(), null);
      case ExportFailed e -> was.becoming(Status.FAILED, null, e.code());
      case ExportCancelled e -> was.becoming(Status.CANCELLED, null, null);
      case ExportDownloaded e -> was.keeping(was.bundle, was.withheld, was.downloads + 1);
      case ExportRedacted e -> {
        var withheld = new TreeSet<>(was.withheld);
        withheld.add(e.subject());
        yield was.keeping(e.bundle(), withheld, was.downloads);
      }
      case ExportExpired e -> was.becoming(Status.EXPIRED, was.bundle, was.failure);
    };
  }

  @Override
  public void check(Rules rules) {
    rules.line("/purpose", purpose, MAX_PURPOSE);
    scope.check(rules);
  }

  @Override
  public Set<UniqueValue> uniqueValues() {
    return switch (status) {
      case REQUESTED -> Set.of(UniqueValue.inTenant(PENDING, id.value().toString(), ""));
      case COMPLETED -> Set.of(UniqueValue.inTenant(KEPT, id.value().toString(), ""));
      case FAILED, CANCELLED, EXPIRED -> Set.of();
    };
  }

  private Export becoming(Status status, @Nullable Bundle bundle, @Nullable String failure) {
    return new Export(
        id, scope, purpose, personal, askedBy, status, bundle, failure, withheld, downloads);
  }

  private Export keeping(@Nullable Bundle bundle, SortedSet<UUID> withheld, long downloads) {
    return new Export(
        id, scope, purpose, personal, askedBy, status, bundle, failure, withheld, downloads);
  }
}
