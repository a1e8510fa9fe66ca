package io.varve.web.source;

import io.varve.events.source.Config;
import io.varve.events.source.Schedule;
import io.varve.events.source.Source;
import io.varve.events.source.SourceId;
import io.varve.events.vendor.VendorId;
import io.varve.query.Document;
import io.varve.web.http.Versioned;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A source.
 *
 * @param hasCredential whether the vault holds a secret for its endpoint
 */
record SourceView(
    SourceId id,
    long version,
    Instant created,
    Instant updated,
    String name,
    Source.Kind kind,
    @Nullable VendorId vendor,
    @Nullable String endpoint,
    Source.Auth auth,
    boolean hasCredential,
    Schedule schedule,
    Config config,
    Source.Activity state)
    implements Versioned {

  static SourceView of(Document<Source> document) {
    Source source = document.state();
    return new SourceView(
        source.id(),
        document.sequence(),
        document.created(),
        document.at(),
        source.name(),
        source.kind(),
        source.vendor(),
        source.endpoint(),
        source.auth(),
        source.credential() != null,
        source.schedule(),
        source.config(),
        source.state());
  }
}
