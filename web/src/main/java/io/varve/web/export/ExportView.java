package io.varve.web.export;

import io.varve.events.export.Export;
import io.varve.events.export.ExportId;
import io.varve.events.export.ExportScope;
import io.varve.events.provenance.Actor;
import io.varve.query.Document;
import io.varve.web.export.ExportJobs.Progress;
import io.varve.web.http.Versioned;
import java.time.Instant;
import java.util.SortedSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An export.
 *
 * @param bundle what can be fetched; absent until it is made
 * @param failure why it could not be made, if it could not
 * @param withheld those who were erased since, of whom the bundle tells no more
 * @param progress while it is made, and only where one export is asked for
 */
record ExportView(
    ExportId id,
    long version,
    Instant created,
    Instant updated,
    ExportScope scope,
    String purpose,
    Export.Personal personal,
    Actor askedBy,
    Export.Status status,
    Export.@Nullable Bundle bundle,
    @Nullable String failure,
    SortedSet<UUID> withheld,
    long downloads,
    @Nullable Progress progress)
    implements Versioned {

  static ExportView of(Document<Export> document, @Nullable Progress progress) {
    Export export = document.state();
    return new ExportView(
        export.id(),
        document.sequence(),
        document.created(),
        document.at(),
        export.scope(),
        export.purpose(),
        export.personal(),
        export.askedBy(),
        export.status(),
        export.bundle(),
        export.failure(),
        export.withheld(),
        export.downloads(),
        progress);
  }
}
