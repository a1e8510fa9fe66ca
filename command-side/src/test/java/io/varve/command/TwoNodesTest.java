package io.varve.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.varve.command.risk.CloseRisk;
import io.varve.command.risk.ReopenRisk;
import io.varve.command.risk.ReviseRisk;
import io.varve.command.testing.Examples;
import io.varve.command.testing.Node;
import io.varve.events.access.Caller;
import io.varve.events.risk.Risk;
import io.varve.events.risk.RiskId;
import io.varve.events.risk.Treatment;
import java.util.UUID;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A node remembers states that another node has since changed. */
class TwoNodesTest {

  @AutoClose static final Node here = Node.start();
  @AutoClose static final Node there = here.another();

  private final Caller caller = Node.caller();
  private final RiskId id = new RiskId(UUID.randomUUID());

  @BeforeEach
  void aRiskThatIsOpenInTheMemoryOfBoth() {
    here.send(caller, Examples.risk(id));
    there.send(caller, revised("Known there"));
    here.send(caller, revised("Known here"));
  }

  @Test
  void aRememberedStateThatWouldSayYesIsOvertakenAndDecidedAgain() {
    there.send(caller, new CloseRisk(id));
    assertThat(here.answer(caller, revised("Too late"))).isEqualTo("risk-closed");
    assertThat(here.ledger().state(Risk.STREAM, id).title()).isEqualTo("Known here");
  }

  @Test
  void aRememberedStateNeverSaysNo() {
    here.send(caller, new CloseRisk(id));
    there.send(caller, new ReopenRisk(id));
    assertThat(here.answer(caller, revised("Open again"))).isEqualTo("-");
  }

  @Test
  void aRememberedStateNeverSaysThatNothingIsToBeDone() {
    there.send(caller, revised("Meanwhile"));
    assertThat(here.send(caller, revised("Known here")).number()).isPositive();
    assertThat(here.ledger().state(Risk.STREAM, id).title()).isEqualTo("Known here");
  }

  @Test
  void norUnderAnIdempotencyKey() {
    there.send(caller, revised("Meanwhile"));
    assertThat(here.sendUnderKey(caller, revised("Known here"), "key", "aa").number()).isPositive();
    assertThat(here.sendUnderKey(caller, revised("Known here"), "key", "aa").replayed()).isTrue();
  }

  @Test
  void theVersionThatTheCallerSawOnTheOtherNodeIsCurrentHereToo() {
    long version = there.send(caller, revised("Meanwhile")).answer().sequence();
    assertThat(here.sendIfMatch(caller, revised("On top"), version).answer().sequence())
        .isEqualTo(version + 1);
  }

  @Test
  void theVersionThatThisNodeRemembersIsStaleIfTheOtherWrote() {
    long version = here.send(caller, revised("Once more")).answer().sequence();
    there.send(caller, revised("Meanwhile"));
    assertThat(catchThrowable(() -> here.sendIfMatch(caller, revised("On top"), version)))
        .isInstanceOf(LedgerRefusal.Stale.class);
  }

  private ReviseRisk revised(String title) {
    return new ReviseRisk(
        id, title, "", "malware", null, 3, 4, Treatment.MITIGATE, Examples.setOf());
  }
}
