package io.varve.projections.feed;

import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.axonframework.common.stream.BlockingStream;
import org.axonframework.eventhandling.GenericEventMessage;
import org.axonframework.eventhandling.GenericTrackedEventMessage;
import org.axonframework.eventhandling.GlobalSequenceTrackingToken;
import org.axonframework.eventhandling.TrackedEventMessage;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.eventhandling.WrappedToken;
import org.axonframework.messaging.StreamableMessageSource;
import org.jspecify.annotations.Nullable;

/**
 * The ledger as Axon's processors see it: a stream of {@link Block}s, each a message whose token is
 * its last position.
 *
 * <p>The framework hands every message to every segment, and lets at most about a thousand wait; as
 * single events that would be its limit. Positions are dense, so a position is all there is to a
 * token.
 */
public final class LedgerFeed implements StreamableMessageSource<TrackedEventMessage<?>> {

  private final Head head;

  public LedgerFeed(Head head) {
    this.head = head;
  }

  @Override
  public BlockingStream<TrackedEventMessage<?>> openStream(@Nullable TrackingToken token) {
    return new BlockStream(head, position(token));
  }

  @Override
  public TrackingToken createTailToken() {
    return new GlobalSequenceTrackingToken(0);
  }

  @Override
  public TrackingToken createHeadToken() {
    return new GlobalSequenceTrackingToken(head.position());
  }

  /** The last position that a token covers whatever wraps it; 0 for none. */
  public static long position(@Nullable TrackingToken token) {
    TrackingToken plain = WrappedToken.unwrapLowerBound(token);
    return plain instanceof GlobalSequenceTrackingToken at ? at.getGlobalIndex() : 0;
  }

  private static final class BlockStream implements BlockingStream<TrackedEventMessage<?>> {

    private final Head head;
    private long position;
    private @Nullable TrackedEventMessage<?> next;
    private Runnable watcher = () -> {};

    BlockStream(Head head, long position) {
      this.head = head;
      this.position = position;
    }

    @Override
    public Optional<TrackedEventMessage<?>> peek() {
      if (next == null && head.position() > position) {
        Block block = Block.following(position, head.position());
        next =
            new GenericTrackedEventMessage<>(
                new GlobalSequenceTrackingToken(block.upTo()), new GenericEventMessage<>(block));
        position = block.upTo();
      }
      return Optional.ofNullable(next);
    }

    @Override
    public boolean hasNextAvailable(int timeout, TimeUnit unit) throws InterruptedException {
      return peek().isPresent() || head.awaitAfter(position, unit.toNanos(timeout));
    }

    @Override
    public TrackedEventMessage<?> nextAvailable() throws InterruptedException {
      while (!hasNextAvailable(1, TimeUnit.HOURS)) {
        // The head has not moved for an hour.
      }
      TrackedEventMessage<?> block = peek().orElseThrow(NoSuchElementException::new);
      next = null;
      return block;
    }

    @Override
    public boolean setOnAvailableCallback(Runnable callback) {
      head.unwatch(watcher);
      watcher = callback;
      head.watch(callback);
      return true;
    }

    @Override
    public void close() {
      head.unwatch(watcher);
    }
  }
}
