package io.varve.web.limit;

import io.varve.postgres.Database;
import io.varve.postgres.vault.Vault;
import io.varve.web.edge.ClientAddress;
import io.varve.web.http.Fault;
import io.varve.web.http.FaultException;
import io.varve.web.limit.FailureCounters.Counter;
import io.varve.web.limit.FailureCounters.Failures;
import io.varve.web.limit.SignInListener.Failure;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/**
 * Slows down whoever guesses one account's secrets, over all nodes and whether there is such an
 * account or not. After {@value #FREE} failures each further one begins a pause, twice as long as
 * the one before, in which attempts are refused unseen; the count is halved for every hour without
 * a failure.
 *
 * <p>A place from which somebody has signed in to the account lately is counted by itself. So
 * guesses from elsewhere do not lock the owner out at home, and the longest pause is short enough
 * not to lock out for long anywhere.
 *
 * <p>An attempt counts when its outcome is told. Of many that were begun before a pause, those that
 * end within it are refused whatever was guessed: guessing at once gains nothing.
 */
public final class SignInGuard {

  static final int FREE = 5;
  static final Duration LONGEST_PAUSE = Duration.ofMinutes(15);
  static final Duration FAMILIAR = Duration.ofDays(30);

  /** The failure that begins the first longest pause: 1, 2, 4 … seconds after the free ones. */
  private static final int LOCKING =
      FREE + Long.SIZE - Long.numberOfLeadingZeros(LONGEST_PAUSE.toSeconds() - 1);

  private final FailureCounters counters;
  private final Vault vault;
  private final Clock clock;
  private final SignInListener listener;

  /** An attempt that may be made, and whose outcome is to be told. */
  public static final class Attempt {
    private final String account;
    private final Counter counter;

    private Attempt(String account, Counter counter) {
      this.account = account;
      this.counter = counter;
    }
  }

  SignInGuard(Database database, Vault vault, Clock clock, SignInListener listener) {
    this.counters = new FailureCounters(database);
    this.vault = vault;
    this.clock = clock;
    this.listener = listener;
  }

  /**
   * Asks whether somebody may try to sign in.
   *
   * @param account what names the account, in the one form in which that is compared
   * @throws FaultException if not before some time ({@link Fault#TOO_MANY_REQUESTS})
   */
  public Attempt permit(String account, ClientAddress address) {
    String hash = vault.lookupHash("sign-in.account", account);
    String place = vault.lookupHash("sign-in.place", hash + ' ' + address.neighbourhood());
    Instant now = clock.instant();
    Counter counter = counters.find(hash, place, now.minus(FAMILIAR));
    if (counter.until() != null && counter.until().isAfter(now)) {
      throw paused(counter);
    }
    return new Attempt(account, counter);
  }

  /**
   * The secret was wrong.
   *
   * @throws FaultException if others were wrong meanwhile, so that this attempt does not count
   */
  public Failure failed(Attempt attempt) {
    Failures failures =
        counters
            .fail(attempt.counter, clock.instant(), FREE, LONGEST_PAUSE)
            .orElseThrow(() -> pausedMeanwhile(attempt));
    var failure = new Failure(failures.number(), failures.until(), failures.number() == LOCKING);
    listener.failed(attempt.account, failure);
    return failure;
  }

  /**
   * The secret was right.
   *
   * @return how many failures there were before
   * @throws FaultException if others were wrong meanwhile, so that this attempt does not count
   */
  public int succeeded(Attempt attempt) {
    return counters
        .succeed(attempt.counter, clock.instant())
        .orElseThrow(() -> pausedMeanwhile(attempt));
  }

  private FaultException pausedMeanwhile(Attempt attempt) {
    Counter before = attempt.counter;
    return paused(counters.find(before.account(), before.place(), clock.instant().minus(FAMILIAR)));
  }

  private FaultException paused(Counter counter) {
    Instant now = clock.instant();
    return new FaultException(
        Fault.TOO_MANY_REQUESTS,
        "There were too many failed attempts. Try again after the seconds in Retry-After.",
        Duration.between(now, counter.until() == null ? now : counter.until()));
  }
}
