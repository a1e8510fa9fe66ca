package io.varve.command;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.varve.command.risk.CloseRisk;
import io.varve.command.risk.ReviseRisk;
import io.varve.command.testing.Examples;
import io.varve.command.testing.Node;
import io.varve.events.access.Caller;
import io.varve.events.risk.RiskId;
import io.varve.events.risk.Treatment;
import io.varve.postgres.testing.Sql;
import java.util.UUID;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** A long stream is not read from its start. */
class SnapshotTest {

  private static final int LONG = 1_010;

  @AutoClose static final Node node = Node.start();

  private final Caller caller = Node.caller();
  private final RiskId id = new RiskId(UUID.randomUUID());

  @Test
  void aLongStreamHasASnapshotThatAFreshNodeDecidesOn() throws Exception {
    long last = lengthen();
    assertThat(snapshotSequence()).isBetween(last - 500, last);
    try (Node fresh = node.another()) {
      assertThat(fresh.send(caller, new CloseRisk(id)).answer().sequence()).isEqualTo(last + 1);
    }
  }

  /** A snapshot that says what no event said shows where a node began. */
  @Test
  void whatASnapshotSaysIsWhatANodeBeginsWith() throws Exception {
    lengthen();
    change("state = jsonb_set(state::jsonb, '{status}', '\"closed\"')::text");
    assertThat(answerOfFreshNode(new CloseRisk(id))).isEqualTo("risk-closed");
  }

  @Test
  void aSnapshotOfAnOlderFoldIsNotUsed() throws Exception {
    lengthen();
    change("revision = 0, state = jsonb_set(state::jsonb, '{status}', '\"closed\"')::text");
    assertThat(answerOfFreshNode(new CloseRisk(id))).isEqualTo("-");
  }

  private String answerOfFreshNode(Command command) {
    try (Node fresh = node.another()) {
      return fresh.answer(caller, command);
    }
  }

  /** Judges a risk again and again until its stream is long; answers its last sequence. */
  private long lengthen() {
    long sequence = node.send(caller, Examples.risk(id)).answer().sequence();
    while (sequence < LONG) {
      sequence = node.send(caller, judged(1 + (int) (sequence % 2))).answer().sequence();
    }
    return sequence;
  }

  private ReviseRisk judged(int likelihood) {
    return new ReviseRisk(
        id, "Ransomware", "", "malware", null, likelihood, 4, Treatment.MITIGATE, Examples.setOf());
  }

  private long snapshotSequence() throws Exception {
    String sequence =
        Sql.one(
            node.postgres().superuser(),
            "select sequence from ops.snapshot where id = '%s'".formatted(id.value()));
    return Long.parseLong(requireNonNull(sequence));
  }

  private void change(String assignments) throws Exception {
    Sql.run(
        node.postgres().superuser(),
        "update ops.snapshot set %s where id = '%s'".formatted(assignments, id.value()));
  }
}
