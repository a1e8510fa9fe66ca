package io.varve.web.http;

import io.varve.command.Command;
import io.varve.command.Commands;
import io.varve.command.Decided;
import io.varve.command.LedgerRefusal;
import io.varve.command.Receipt;
import io.varve.command.Terms;
import io.varve.events.access.Caller;
import io.varve.events.provenance.Via;
import java.net.URI;
import java.util.UUID;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;

/**
 * A write as HTTP asks for it: the current caller, on the terms of the headers {@code If-Match} and
 * {@code Idempotency-Key}.
 */
public final class Write {

  static final String NUMBER = "Varve-Number";
  static final String REPLAYED = "Idempotency-Replayed";

  private final Commands commands;
  private final Acting acting;
  private final Caller caller;
  private final Terms terms;

  Write(Commands commands, Acting acting, Terms terms) {
    this.commands = commands;
    this.acting = acting;
    this.caller = acting.caller();
    this.terms = terms;
  }

  /**
   * The id of a tenant that this write is to create. A write is remembered in the tenant that it
   * acts within, so a repeated one must come to the same new tenant: with an idempotency key the id
   * follows from the key and whose it is (a UUID of version 8), without one it is new.
   */
  public UUID newTenant() {
    Terms.Idempotency idempotency = terms.idempotency();
    return idempotency == null
        ? Ids.next()
        : Ids.derived(caller.tenant(), caller.actor().id(), idempotency.key());
  }

  /** The same write by the same person, acting within a home that it is about to begin. */
  public Write as(Caller other) {
    return new Write(commands, Acting.own(other), terms);
  }

  /**
   * Starts a stream.
   *
   * @param collection the path, below the root of the home, that the new thing's id is added to
   */
  public ResponseEntity<Written> create(String collection, Command command) {
    return created(collection, commands.send(caller, command, terms));
  }

  private ResponseEntity<Written> created(String collection, Receipt<Decided> receipt) {
    return answer(HttpStatus.CREATED, receipt)
        .location(URI.create(acting.under(collection) + "/" + receipt.answer().id()))
        .body(written(receipt));
  }

  /**
   * Starts a stream and goes on with it at once, unless that was done before: the answer is of what
   * was done last.
   *
   * @param collection the path, below the root of the home, that the new thing's id is added to
   */
  public ResponseEntity<Written> create(String collection, Command command, Command next) {
    Receipt<Decided> begun = commands.send(caller, command, terms);
    Receipt<Decided> receipt = begun.replayed() ? begun : commands.send(caller, next, Terms.NONE);
    return created(collection, receipt);
  }

  /** Whether an answer was given before, to the same write. */
  public static boolean isReplayed(ResponseEntity<?> answer) {
    return answer.getHeaders().containsHeader(REPLAYED);
  }

  /**
   * Adds to a stream something that has no stream of its own.
   *
   * @param path where, below the root of the home, what was added can be seen
   */
  public ResponseEntity<Written> add(String path, Command command) {
    Receipt<Decided> receipt = commands.send(caller, command, terms);
    return answer(HttpStatus.CREATED, receipt)
        .location(URI.create(acting.under(path)))
        .body(written(receipt));
  }

  /** Changes a stream. */
  public ResponseEntity<Written> change(Command command) {
    Receipt<Decided> receipt = commands.send(caller, command, terms);
    return answer(HttpStatus.OK, receipt).body(written(receipt));
  }

  /**
   * The same write, made of a body that has been read by now.
   *
   * @throws LedgerRefusal.Stale if it expects a version, as there is none of many things
   */
  public Write of(Upload body) {
    if (terms.expectedSequence() != null) {
      throw new LedgerRefusal.Stale();
    }
    return new Write(commands, acting, WriteResolver.withBody(terms, body.digest()));
  }

  /** The same write, which comes in by another way than the request that carries it. */
  public Write by(Via way) {
    return new Write(commands, acting.by(way), terms);
  }

  /** Changes many streams, and answers what became of them. */
  public <T> ResponseEntity<T> changeMany(Command command, Class<T> type) {
    Receipt<T> receipt = commands.send(caller, command, terms, type);
    return answer(ResponseEntity.ok(), receipt).body(receipt.answer());
  }

  /** Sends a command whose answer is not for the client. */
  public Receipt<Decided> send(Command command) {
    return commands.send(caller, command, terms);
  }

  private static ResponseEntity.BodyBuilder answer(HttpStatus status, Receipt<Decided> receipt) {
    return answer(
        ResponseEntity.status(status).eTag(ETags.of(receipt.answer().sequence())), receipt);
  }

  private static ResponseEntity.BodyBuilder answer(
      ResponseEntity.BodyBuilder answer, Receipt<?> receipt) {
    if (receipt.number() > 0) {
      answer.header(NUMBER, Long.toString(receipt.number()));
    }
    if (receipt.replayed()) {
      answer.header(REPLAYED, "true");
    }
    return answer;
  }

  private static Written written(Receipt<Decided> receipt) {
    return new Written(
        receipt.answer().id(),
        receipt.answer().sequence(),
        receipt.number() > 0 ? receipt.number() : null);
  }
}
