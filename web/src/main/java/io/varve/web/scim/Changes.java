package io.varve.web.scim;

import com.unboundid.scim2.common.exceptions.ScimException;
import io.varve.command.Command;
import io.varve.command.Commands;
import io.varve.command.LedgerRefusal;
import io.varve.command.Terms;
import io.varve.events.State;
import io.varve.query.Document;
import org.springframework.stereotype.Component;

/**
 * Changes that are worked out from what there is. If that changes meanwhile they are worked out
 * again, unless the directory said on which version it decided.
 */
@Component
final class Changes {

  private static final int ATTEMPTS = 5;

  private final Commands commands;

  Changes(Commands commands) {
    this.commands = commands;
  }

  /** Reads what there is now. */
  @FunctionalInterface
  interface Source<S extends State> {
    Document<S> now() throws ScimException;
  }

  /** Works a change out. */
  @FunctionalInterface
  interface Change<S extends State> {
    Command of(Document<S> was) throws ScimException;
  }

  <S extends State> void make(Exchange exchange, Source<S> source, Change<S> change)
      throws ScimException {
    for (int attempt = 1; ; attempt++) {
      Document<S> was = source.now();
      exchange.requireMatch(was.sequence());
      try {
        send(exchange, change.of(was), new Terms(was.sequence(), null));
        return;
      } catch (LedgerRefusal.Stale overtaken) {
        if (exchange.isConditional() || attempt == ATTEMPTS) {
          throw overtaken;
        }
      }
    }
  }

  void send(Exchange exchange, Command command, Terms terms) {
    commands.send(exchange.caller(), command, terms);
  }
}
