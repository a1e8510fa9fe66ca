package io.varve.projections;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.varve.postgres.Scope;
import io.varve.projections.token.BatchTransactions;
import io.varve.projections.token.Tokens;
import java.time.Duration;
import org.axonframework.eventhandling.GlobalSequenceTrackingToken;
import org.axonframework.eventhandling.ReplayToken;
import org.axonframework.eventhandling.Segment;
import org.axonframework.eventhandling.TrackingToken;
import org.axonframework.eventhandling.tokenstore.UnableToClaimTokenException;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TokensTest {

  private static final String PROCESSOR = "any";

  @AutoClose private final Fixture fixture = new Fixture();
  private final BatchTransactions transactions = new BatchTransactions(fixture.database);
  private final Tokens one = tokens("one");
  private final Tokens other = tokens("other");

  @BeforeEach
  void fourSegments() {
    TrackingToken start = new GlobalSequenceTrackingToken(7);
    run(() -> one.initializeTokenSegments(PROCESSOR, 4, start));
    run(() -> other.initializeTokenSegments(PROCESSOR, 4, new GlobalSequenceTrackingToken(0)));
  }

  @Test
  void aTokenComesBackAsItWasStored() {
    assertThat(claim(one, 2)).isEqualTo(new GlobalSequenceTrackingToken(7));
    run(() -> one.storeToken(new GlobalSequenceTrackingToken(1L << 40), PROCESSOR, 2));
    assertThat(claim(one, 2)).isEqualTo(new GlobalSequenceTrackingToken(1L << 40));
    assertThat(transactions.fetchInTransaction(() -> one.fetchSegments(PROCESSOR)))
        .containsExactly(0, 1, 2, 3);
  }

  @Test
  void whatIsNoPositionIsNotStored() {
    claim(one, 0);
    var replay = ReplayToken.createReplayToken(new GlobalSequenceTrackingToken(3), null);
    assertThatThrownBy(() -> run(() -> one.storeToken(replay, PROCESSOR, 0)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aClaimKeepsOthersOutUntilItIsReleased() {
    claim(one, 1);
    assertThatThrownBy(() -> claim(other, 1)).isInstanceOf(UnableToClaimTokenException.class);
    assertThatThrownBy(
            () -> run(() -> other.storeToken(new GlobalSequenceTrackingToken(9), PROCESSOR, 1)))
        .isInstanceOf(UnableToClaimTokenException.class);
    assertThatThrownBy(() -> run(() -> other.extendClaim(PROCESSOR, 1)))
        .isInstanceOf(UnableToClaimTokenException.class);
    assertThat(transactions.fetchInTransaction(() -> other.fetchAvailableSegments(PROCESSOR)))
        .extracting(Segment::getSegmentId)
        .containsExactly(0, 2, 3);
    run(() -> one.releaseClaim(PROCESSOR, 1));
    assertThat(claim(other, 1)).isEqualTo(new GlobalSequenceTrackingToken(7));
  }

  @Test
  void aClaimThatIsNotExtendedIsAnybodysAndItsOldOwnerCannotStore() {
    claim(one, 1);
    fixture.database.transact(
        Scope.projector(),
        connection ->
            connection
                .createStatement()
                .executeUpdate("update ops.token set at = at - interval '11 seconds'"));
    claim(other, 1);
    assertThatThrownBy(
            () -> run(() -> one.storeToken(new GlobalSequenceTrackingToken(9), PROCESSOR, 1)))
        .isInstanceOf(UnableToClaimTokenException.class);
  }

  private Tokens tokens(String node) {
    return new Tokens(transactions, node, Duration.ofSeconds(10));
  }

  private TrackingToken claim(Tokens tokens, int segment) {
    return transactions.fetchInTransaction(() -> tokens.fetchToken(PROCESSOR, segment));
  }

  private void run(Runnable task) {
    transactions.executeInTransaction(task);
  }
}
