package io.varve.command;

import io.varve.command.ledger.IdempotencyAnswers;
import io.varve.command.ledger.IdempotencyAnswers.Earlier;
import io.varve.command.stream.Run;
import io.varve.command.stream.StateCache;
import io.varve.events.Json;
import io.varve.events.Refusal;
import io.varve.events.access.Caller;
import io.varve.events.rule.Rules;
import java.util.Map;
import java.util.Optional;
import org.axonframework.commandhandling.CommandBus;
import org.axonframework.commandhandling.CommandExecutionException;
import org.axonframework.commandhandling.CommandMessage;
import org.axonframework.commandhandling.CommandResultMessage;
import org.axonframework.commandhandling.GenericCommandMessage;
import org.axonframework.commandhandling.NoHandlerForCommandException;
import org.axonframework.commandhandling.callbacks.FutureCallback;
import org.jspecify.annotations.Nullable;

/** The way to have a command decided. */
public final class Commands {

  private static final int ATTEMPTS = 5;

  private final CommandBus bus;
  private final StateCache cache;
  private final IdempotencyAnswers answers;
  private volatile boolean closed;

  Commands(CommandBus bus, StateCache cache, IdempotencyAnswers answers) {
    this.bus = bus;
    this.cache = cache;
    this.answers = answers;
  }

  /**
   * Sends a command and waits until it is decided and its events are durable.
   *
   * @param answer what the command answers
   * @throws Refusal if it was refused; nothing was written then
   */
  public <T> Receipt<T> send(Caller caller, Command command, Terms terms, Class<T> answer) {
    var rules = new Rules();
    command.check(rules);
    rules.enforce();
    if (terms.idempotency() == null) {
      return decide(caller, command, terms, answer);
    }
    Optional<Earlier> earlier = answers.find(caller, terms.idempotency());
    if (earlier.isPresent()) {
      return replay(earlier.get(), answer);
    }
    try {
      return decide(caller, command, terms, answer);
    } catch (LedgerRefusal.Unavailable unknown) {
      throw unknown;
    } catch (Refusal meanwhile) {
      // Of two requests with one key at once, the second may be refused for what the first did.
      return answers
          .find(caller, terms.idempotency())
          .map(committed -> replay(committed, answer))
          .orElseThrow(() -> meanwhile);
    }
  }

  /** Commands that come from now on are refused. */
  void close() {
    closed = true;
  }

  /** Sends a command that answers with the version of its stream. */
  public Receipt<Decided> send(Caller caller, Command command, Terms terms) {
    return send(caller, command, terms, Decided.class);
  }

  /**
   * Decides, and decides again where the first decision rests on a state that may have been stale:
   * another writer came first, or a remembered state said no or saw nothing to do.
   */
  private <T> Receipt<T> decide(Caller caller, Command command, Terms terms, Class<T> answer) {
    for (int attempt = 1; ; attempt++) {
      CommandResultMessage<?> result = dispatch(caller, command, terms);
      Run run = (Run) result.getMetaData().get(CallerCommandBus.RUN);
      boolean mayBeStale = run != null && !run.cachedStates().isEmpty() && !run.isStored();
      if (!result.isExceptional() && !mayBeStale) {
        return new Receipt<>(
            answer.cast(result.getPayload()), run == null ? 0 : run.number(), false);
      }
      RuntimeException failure = result.isExceptional() ? unwrap(result.exceptionResult()) : null;
      if (closed && failure instanceof NoHandlerForCommandException) {
        throw new LedgerRefusal.Unavailable();
      }
      boolean again = mayBeStale || isOvertaken(failure, run);
      if (!again || attempt == ATTEMPTS) {
        if (failure != null) {
          throw failure;
        }
        return new Receipt<>(answer.cast(result.getPayload()), 0, false);
      }
      if (run != null) {
        run.cachedStates().forEach(cache::remove);
      }
    }
  }

  /** Who has looked up a value and found it free was overtaken if it is taken now. */
  private static boolean isOvertaken(@Nullable RuntimeException failure, @Nullable Run run) {
    return failure instanceof LedgerRefusal.Overtaken
        || (failure instanceof LedgerRefusal.ValueTaken && run != null && run.hasReadClaims());
  }

  private CommandResultMessage<?> dispatch(Caller caller, Command command, Terms terms) {
    CommandMessage<Command> message =
        new GenericCommandMessage<>(
            command, Map.of(CallerCommandBus.CALLER, caller, CallerCommandBus.TERMS, terms));
    var callback = new FutureCallback<Command, Object>();
    bus.dispatch(message, callback);
    return callback.getResult();
  }

  private static <T> Receipt<T> replay(Earlier earlier, Class<T> answer) {
    return new Receipt<>(Json.read(earlier.json(), answer), earlier.number(), true);
  }

  private static RuntimeException unwrap(@Nullable Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof Refusal refusal) {
        return refusal;
      }
    }
    return failure instanceof RuntimeException runtime
        ? runtime
        : new CommandExecutionException("a command failed", failure);
  }
}
