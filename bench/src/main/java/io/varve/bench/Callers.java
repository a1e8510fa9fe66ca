package io.varve.bench;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** Callers that each wait for their answer before they ask again. */
public final class Callers {

  /** What a caller asks, again and again. */
  @FunctionalInterface
  public interface Call {
    void run() throws Exception;
  }

  /** Makes one caller's call; each has its own. */
  @FunctionalInterface
  public interface Calls {
    Call of(int caller) throws Exception;
  }

  private Callers() {}

  /** Calls per second by callers that are virtual threads, as a server's requests are. */
  public static double virtual(int callers, Duration time, Calls calls) throws Exception {
    return perSecond(Thread.ofVirtual().factory(), callers, time, calls);
  }

  /** Calls per second by callers that are threads of the operating system. */
  public static double platform(int callers, Duration time, Calls calls) throws Exception {
    return perSecond(Thread.ofPlatform().factory(), callers, time, calls);
  }

  private static double perSecond(ThreadFactory threads, int callers, Duration time, Calls calls)
      throws Exception {
    List<Call> each = new ArrayList<>();
    for (int i = 0; i < callers; i++) {
      each.add(calls.of(i));
    }
    try (var executor =
        new ThreadPoolExecutor(
            callers, callers, 0, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), threads)) {
      long began = System.nanoTime();
      long end = began + time.toNanos();
      List<Future<Long>> counts =
          each.stream().map(c -> executor.submit(() -> loop(c, end))).toList();
      long total = 0;
      for (Future<Long> count : counts) {
        total += count.get();
      }
      return total * 1e9 / (System.nanoTime() - began);
    } catch (ExecutionException failure) {
      throw failure.getCause() instanceof Exception cause ? cause : failure;
    }
  }

  private static long loop(Call call, long end) throws Exception {
    long count = 0;
    while (System.nanoTime() < end) {
      call.run();
      count++;
    }
    return count;
  }
}
