package io.varve.command.notice;

import io.varve.command.Decided;
import io.varve.command.stream.StreamAggregate;
import io.varve.events.notice.Notice;
import io.varve.events.notice.NoticeEvent;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.modelling.command.AggregateCreationPolicy;
import org.axonframework.modelling.command.AggregateRoot;
import org.axonframework.modelling.command.CreationPolicy;

/** Begins one notice. */
@AggregateRoot(type = "notice")
public final class NoticeAggregate extends StreamAggregate<Notice, NoticeEvent> {

  NoticeAggregate() {
    super(Notice.STREAM);
  }

  @CommandHandler
  @CreationPolicy(AggregateCreationPolicy.ALWAYS)
  Decided note(NoteMisuse command) {
    record(command.notice());
    return decided();
  }
}
