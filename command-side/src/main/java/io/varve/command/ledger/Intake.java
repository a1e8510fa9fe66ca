package io.varve.command.ledger;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What waits for one thread that takes it in groups. The taker says how many it hopes for and how
 * long it is ready to wait for them, and sleeps until then: it is not woken for each that arrives.
 */
final class Intake<T> {

  private static final int NOBODY_WAITS = Integer.MAX_VALUE;

  private final Queue<T> queue = new ConcurrentLinkedQueue<>();
  private final AtomicInteger size = new AtomicInteger();
  private final int capacity;
  private volatile int wanted = NOBODY_WAITS;
  private volatile boolean closed;
  private final Thread taker;

  Intake(int capacity, Thread taker) {
    this.capacity = capacity;
    this.taker = taker;
  }

  int size() {
    return size.get();
  }

  /** Whether there was room for it, and it is not closed. */
  boolean offer(T item) {
    if (closed || size.get() >= capacity) {
      return false;
    }
    queue.add(item);
    if (size.incrementAndGet() >= wanted) {
      LockSupport.unpark(taker);
    }
    return true;
  }

  /** Waits until so many are there, or the time is up, or it is closed. */
  boolean await(int count, Duration patience) {
    long end = System.nanoTime() + patience.toNanos();
    wanted = count;
    for (long left = patience.toNanos();
        size.get() < count && left > 0 && !closed;
        left = end - System.nanoTime()) {
      LockSupport.parkNanos(this, left);
    }
    wanted = NOBODY_WAITS;
    return size.get() >= count;
  }

  /** From now on nothing more is let in; what is there can still be taken. */
  void close() {
    closed = true;
    LockSupport.unpark(taker);
  }

  boolean isClosed() {
    return closed;
  }

  /** Takes what is there, in the order in which it came, up to the first that is not accepted. */
  List<T> takeWhile(Predicate<T> accepts) {
    var taken = new ArrayList<T>(size.get());
    for (T next = queue.peek(); next != null && accepts.test(next); next = queue.peek()) {
      taken.add(queue.remove());
    }
    size.addAndGet(-taken.size());
    return taken;
  }

  /** Takes the next, whoever asks; null if there is none. */
  @Nullable T poll() {
    T next = queue.poll();
    if (next != null) {
      size.decrementAndGet();
    }
    return next;
  }
}
