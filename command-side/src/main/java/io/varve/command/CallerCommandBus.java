package io.varve.command;

import io.varve.command.ledger.LedgerStorageEngine;
import io.varve.command.stream.Run;
import io.varve.events.access.Caller;
import java.util.Map;
import org.axonframework.commandhandling.CommandCallback;
import org.axonframework.commandhandling.CommandMessage;
import org.axonframework.commandhandling.CommandResultMessage;
import org.axonframework.commandhandling.SimpleCommandBus;
import org.axonframework.common.Registration;
import org.axonframework.messaging.MessageHandler;
import org.axonframework.messaging.unitofwork.RollbackConfigurationType;

/**
 * Handles each command as the caller that its message carries, the commit included, and only if the
 * caller has the permission that the command requires.
 */
final class CallerCommandBus extends SimpleCommandBus {

  static final String CALLER = "varve.caller";
  static final String TERMS = "varve.terms";
  static final String RUN = "varve.run";

  private final LedgerStorageEngine ledger;

  CallerCommandBus(LedgerStorageEngine ledger) {
    // By default a checked exception would commit what was recorded before it.
    super(builder().rollbackConfiguration(RollbackConfigurationType.ANY_THROWABLE));
    this.ledger = ledger;
  }

  /**
   * @throws IllegalStateException if the command does not say which permission it requires
   */
  @Override
  public Registration subscribe(
      String commandName, MessageHandler<? super CommandMessage<?>> handler) {
    required(commandClass(commandName));
    return super.subscribe(commandName, handler);
  }

  @Override
  protected <C, R> void handle(
      CommandMessage<C> message,
      MessageHandler<? super CommandMessage<?>> handler,
      CommandCallback<? super C, ? super R> callback) {
    var caller = (Caller) message.getMetaData().get(CALLER);
    var terms = (Terms) message.getMetaData().get(TERMS);
    if (caller == null || terms == null) {
      throw new IllegalStateException("a command came without its caller");
    }
    caller.require(required(message.getPayloadType()).value());
    var run = new Run(caller, terms);
    run.bind(
        () -> {
          super.<C, R>handle(
              message,
              handler,
              (command, result) -> callback.onResult(command, finish(run, result)));
          return run;
        });
  }

  private <R> CommandResultMessage<? extends R> finish(
      Run run, CommandResultMessage<? extends R> result) {
    // What a remembered state calls done already is decided once more before it is remembered.
    boolean settled = !result.isExceptional() && run.cachedStates().isEmpty();
    if (settled && !run.isStored() && run.terms().idempotency() != null) {
      ledger.remember(run, result.getPayload());
    }
    return result.andMetaData(Map.of(RUN, run));
  }

  private static Requires required(Class<?> command) {
    Requires requires = command.getAnnotation(Requires.class);
    if (requires == null) {
      throw new IllegalStateException(command.getName() + " names no permission");
    }
    return requires;
  }

  private static Class<?> commandClass(String commandName) {
    try {
      return Class.forName(commandName);
    } catch (ClassNotFoundException missing) {
      throw new IllegalStateException("not a command class: " + commandName, missing);
    }
  }
}
