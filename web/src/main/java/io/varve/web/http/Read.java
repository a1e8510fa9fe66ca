package io.varve.web.http;

import io.varve.events.access.Caller;
import io.varve.query.ListRequest;
import io.varve.query.Listing;
import io.varve.query.Page;
import io.varve.query.QuerySide;
import java.time.Duration;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;

/**
 * A read as HTTP asks for it: by the current caller, and not before the read models hold the event
 * that {@code Varve-Number} names.
 */
public final class Read {

  /** How long a read waits for the read models. */
  static final Duration PATIENCE = Duration.ofSeconds(5);

  private final QuerySide queries;
  private final Caller caller;
  private final @Nullable Long number;

  Read(QuerySide queries, Caller caller, @Nullable Long number) {
    this.queries = queries;
    this.caller = caller;
    this.number = number;
  }

  /** The same read by the same person, acting within another tenant. */
  public Read as(Caller other) {
    return new Read(queries, other, number);
  }

  public Caller caller() {
    return caller;
  }

  /** One thing, with its ETag. */
  public <V, R extends Versioned> ResponseEntity<R> one(
      Listing<V> listing, UUID id, Function<V, R> view) {
    R answer = view.apply(get(listing, id));
    return ResponseEntity.ok().eTag(ETags.of(answer.version())).body(answer);
  }

  public <V> V get(Listing<V> listing, UUID id) {
    await();
    return queries.documents().get(caller, listing, id);
  }

  public <V, R> Page<R> list(Listing<V> listing, ListRequest request, Function<V, R> view) {
    await();
    Page<V> page = queries.documents().list(caller, listing, request);
    return new Page<>(page.items().stream().map(view).toList(), page.next());
  }

  /**
   * Waits for what the caller must see.
   *
   * @throws FaultException if the read models do not get there in time: an older answer would not
   *     be what was asked for
   */
  public void await() {
    if (number != null) {
      await(number);
    }
  }

  /**
   * Waits for all that there is by now: for clients who know of no number.
   *
   * @throws FaultException if the read models do not get there in time
   */
  public void awaitAll() {
    await(queries.readYourWrites().last(caller));
  }

  private void await(long wanted) {
    try {
      if (!queries.readYourWrites().await(caller, wanted, PATIENCE)) {
        throw new FaultException(Fault.READ_MODEL_BEHIND);
      }
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new FaultException(Fault.UNAVAILABLE);
    }
  }
}
