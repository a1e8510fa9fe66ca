package io.varve.command.export;

import io.varve.command.Decided;
import io.varve.command.Links;
import io.varve.command.stream.StreamAggregate;
import io.varve.events.access.Caller;
import io.varve.events.export.Export;
import io.varve.events.export.ExportEvent;
import io.varve.events.export.ExportEvent.ExportCancelled;
import io.varve.events.export.ExportEvent.ExportCompleted;
import io.varve.events.export.ExportEvent.ExportDownloaded;
import io.varve.events.export.ExportEvent.ExportExpired;
import io.varve.events.export.ExportEvent.ExportFailed;
import io.varve.events.export.ExportEvent.ExportRedacted;
import io.varve.events.export.ExportEvent.ExportRequested;
import io.varve.events.hold.Hold;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.modelling.command.AggregateCreationPolicy;
import org.axonframework.modelling.command.AggregateRoot;
import org.axonframework.modelling.command.CreationPolicy;

/** Decides commands on one export. */
@AggregateRoot(type = "export")
public final class ExportAggregate extends StreamAggregate<Export, ExportEvent> {

  ExportAggregate() {
    super(Export.STREAM);
  }

  @CommandHandler
  @CreationPolicy(AggregateCreationPolicy.ALWAYS)
  Decided request(RequestExport command, Links links) {
    links.wanted().one("/scope/hold", Hold.STREAM, null, command.scope().hold()).require();
    record(
        new ExportRequested(
            command.id(),
            command.scope(),
            command.purpose(),
            command.personal(),
            Caller.current().actor()));
    return decided();
  }

  @CommandHandler
  Decided complete(CompleteExport command) {
    requireUndecided();
    record(new ExportCompleted(command.bundle()));
    return decided();
  }

  @CommandHandler
  Decided fail(FailExport command) {
    requireUndecided();
    record(new ExportFailed(command.code()));
    return decided();
  }

  @CommandHandler
  Decided cancel(CancelExport command) {
    requireUndecided();
    record(new ExportCancelled());
    return decided();
  }

  @CommandHandler
  Decided note(NoteDownload command) {
    requireBundle();
    record(
        new ExportDownloaded(
            Caller.current().actor(), command.sha256(), command.first(), command.last()));
    return decided();
  }

  @CommandHandler
  Decided redact(RedactExport command) {
    requireBundle();
    record(new ExportRedacted(command.subject(), command.bundle()));
    return decided();
  }

  @CommandHandler
  Decided expire(ExpireExport command) {
    requireBundle();
    record(new ExportExpired());
    return decided();
  }

  private void requireUndecided() {
    if (state().status() != Export.Status.REQUESTED) {
      throw new ExportRefusal.IsDecided();
    }
  }

  private void requireBundle() {
    if (state().status() != Export.Status.COMPLETED) {
      throw new ExportRefusal.HasNoBundle();
    }
  }
}
