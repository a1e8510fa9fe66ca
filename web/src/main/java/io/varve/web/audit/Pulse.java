package io.varve.web.audit;

import java.util.concurrent.TimeUnit;

/** Wakes whoever waits on this node for the ledger to grow. */
final class Pulse {

  private long beats;

  synchronized void beat() {
    beats++;
    notifyAll();
  }

  synchronized long beats() {
    return beats;
  }

  /** Waits for a beat after one that is known, but not for longer than that. */
  synchronized void awaitAfter(long known, long nanos) throws InterruptedException {
    long deadline = System.nanoTime() + nanos;
    for (long left = nanos; beats == known && left > 0; left = deadline - System.nanoTime()) {
      TimeUnit.NANOSECONDS.timedWait(this, left);
    }
  }
}
