package io.varve.command.erasure;

import io.varve.command.Decided;
import io.varve.command.LedgerRefusal;
import io.varve.command.SecondPersonRefusal;
import io.varve.command.identity.Rights;
import io.varve.command.stream.StreamAggregate;
import io.varve.events.access.Caller;
import io.varve.events.erasure.Erasure;
import io.varve.events.erasure.ErasureEvent;
import io.varve.events.erasure.ErasureEvent.ErasureApproved;
import io.varve.events.erasure.ErasureEvent.ErasureBlocked;
import io.varve.events.erasure.ErasureEvent.ErasureCompleted;
import io.varve.events.erasure.ErasureEvent.ErasureRequested;
import io.varve.events.erasure.ErasureEvent.ErasureWithdrawn;
import io.varve.events.hold.Hold;
import io.varve.postgres.ledger.Holds;
import java.util.List;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.modelling.command.AggregateCreationPolicy;
import org.axonframework.modelling.command.AggregateRoot;
import org.axonframework.modelling.command.CreationPolicy;

/** Decides commands on one erasure. */
@AggregateRoot(type = "erasure")
public final class ErasureAggregate extends StreamAggregate<Erasure, ErasureEvent> {

  ErasureAggregate() {
    super(Erasure.STREAM);
  }

  @CommandHandler
  @CreationPolicy(AggregateCreationPolicy.ALWAYS)
  Decided request(RequestErasure command, Rights rights, Holds holds) {
    if (command.tenant() == null && command.subject() != null) {
      rights.requireGrantsOver(command.subject());
      List<Hold> covering = holds.covering(Caller.current().tenant(), command.subject());
      if (!covering.isEmpty()) {
        throw new LedgerRefusal.Held(covering.stream().map(Hold::matter).toList());
      }
    }
    record(
        new ErasureRequested(
            command.id(),
            command.tenant(),
            command.subject(),
            command.legalBasis(),
            SecondPersonRefusal.person(),
            command.extent()));
    return decided();
  }

  @CommandHandler
  Decided withdraw(WithdrawErasure command) {
    requireRequested();
    record(new ErasureWithdrawn());
    return decided();
  }

  @CommandHandler
  Decided approve(ApproveErasure command, Rights rights) {
    requireRequested();
    if (state().tenant() == null && state().subject() != null) {
      rights.requireGrantsOver(state().subject());
    }
    record(new ErasureApproved(SecondPersonRefusal.second(state().requester())));
    return decided();
  }

  @CommandHandler
  Decided block(BlockErasure command) {
    if (state().status() == Erasure.Status.APPROVED) {
      record(new ErasureBlocked(command.hold(), command.matter()));
    }
    return decided();
  }

  @CommandHandler
  Decided complete(CompleteErasure command) {
    if (state().status() == Erasure.Status.APPROVED) {
      record(new ErasureCompleted(command.extent(), command.removed()));
    }
    return decided();
  }

  private void requireRequested() {
    if (state().status() != Erasure.Status.REQUESTED) {
      throw new ErasureRefusal.NotRequested();
    }
  }
}
