package io.varve.web.password;

import io.varve.web.mail.Mail;
import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is written to people about their passwords, behind the back of the request that it is for:
 * how long it takes, and whether it happens at all, must not show there.
 */
final class Letters implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(Letters.class);
  private static final int WRITERS = 2;
  private static final int WAITING = 1_000;
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private final Mail mail;
  private final ThreadPoolExecutor writers =
      new ThreadPoolExecutor(
          WRITERS,
          WRITERS,
          0,
          TimeUnit.SECONDS,
          new ArrayBlockingQueue<>(WAITING),
          Thread.ofVirtual().name("letters-", 0).factory());

  Letters(Mail mail) {
    this.mail = mail;
  }

  /** Does whatever leads to a letter, soon. */
  void soon(Runnable writing) {
    try {
      writers.execute(() -> attempt(writing));
    } catch (RejectedExecutionException full) {
      log.warn("A letter was not written, as too many wait; it has to be asked for again.", full);
    }
  }

  void invite(String to, String link, Duration life) {
    mail.send(
        to,
        "You are invited to Varve",
        """
        You can use Varve from now on. Choose your password here:

        %s

        The link works once, for %d days.
        """
            .formatted(link, life.toDays()));
  }

  void reset(String to, String link, Duration life) {
    mail.send(
        to,
        "Your password for Varve",
        """
        Somebody, probably you, wants a new password for your account. Choose it here:

        %s

        The link works once, for %d minutes. If it was not you, nothing has changed and nothing
        needs to be done.
        """
            .formatted(link, life.toMinutes()));
  }

  /** Letters that wait are still sent, within reason. */
  @Override
  public void close() {
    writers.shutdown();
    try {
      if (!writers.awaitTermination(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
        log.warn("{} letters were not written before the end.", writers.shutdownNow().size());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void attempt(Runnable writing) {
    try {
      writing.run();
    } catch (RuntimeException failure) {
      log.warn("A letter was not written; it has to be asked for again.", failure);
    }
  }
}
