package io.varve.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.varve.command.control.ControlAggregate;
import io.varve.command.risk.CloseRisk;
import io.varve.command.stream.Claims;
import io.varve.command.stream.Recorded;
import io.varve.command.stream.StreamAggregate;
import io.varve.command.testing.Examples;
import io.varve.command.testing.Node;
import io.varve.events.Json;
import io.varve.events.access.Caller;
import io.varve.events.access.Permission;
import io.varve.events.diff.Diff;
import io.varve.events.risk.Risk;
import io.varve.events.risk.RiskEvent;
import io.varve.events.risk.RiskEvent.RiskClosed;
import io.varve.events.risk.RiskEvent.RiskReassessed;
import io.varve.events.risk.RiskId;
import io.varve.events.rule.Rules;
import java.io.IOException;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.axonframework.commandhandling.CommandHandler;
import org.axonframework.messaging.MetaData;
import org.axonframework.messaging.unitofwork.CurrentUnitOfWork;
import org.axonframework.modelling.command.AggregateLifecycle;
import org.axonframework.modelling.command.AggregateRoot;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class CommandBusTest {

  @AutoClose static final Node node = Node.start();

  @AutoClose
  static final CommandSide mischief =
      new CommandSide(
          node.database(),
          node.clock(),
          List.of(MischievousAggregate.class, ControlAggregate.class));

  private final Caller caller = Node.caller();
  private final RiskId id = new RiskId(UUID.randomUUID());

  /** How the mischievous aggregate misbehaves. */
  enum Trick {
    UNCHECKED_EXCEPTION,
    CHECKED_EXCEPTION,
    ERROR,
    EVENT_WITHOUT_DIFF,
    FORGED_METADATA
  }

  @Requires(Permission.RISK_WRITE)
  record Misbehave(RiskId id, Trick trick) implements StreamCommand {
    @Override
    public void check(Rules rules) {}
  }

  @AggregateRoot(type = "risk")
  static final class MischievousAggregate extends StreamAggregate<Risk, RiskEvent> {

    static final Caller STRANGER = Node.request(Node.caller(), "forged");

    MischievousAggregate() {
      super(Risk.STREAM);
    }

    @CommandHandler
    Decided misbehave(Misbehave command) throws IOException {
      var forged = Map.of(CallerCommandBus.CALLER, STRANGER, "tenant", STRANGER.tenant());
      CurrentUnitOfWork.get().transformMessage(message -> message.andMetaData(forged));
      record(new RiskReassessed(1, 1));
      switch (command.trick()) {
        case UNCHECKED_EXCEPTION -> throw new IllegalArgumentException("half-way");
        case CHECKED_EXCEPTION -> throw new IOException("half-way");
        case ERROR -> throw new AssertionError("half-way");
        case EVENT_WITHOUT_DIFF -> AggregateLifecycle.apply(new RiskClosed());
        case FORGED_METADATA ->
            AggregateLifecycle.apply(
                new RiskClosed(),
                MetaData.from(
                    Map.of(
                        "varve.recorded",
                        new Recorded(closing(), Claims.NONE, false),
                        CallerCommandBus.CALLER,
                        STRANGER,
                        "actor",
                        STRANGER.actor(),
                        "tenant",
                        STRANGER.tenant())));
      }
      return decided();
    }

    private Diff closing() {
      Risk before = state();
      Risk after = Risk.STREAM.evolve(before, new RiskClosed());
      return Diff.between(Json.MAPPER.valueToTree(before), Json.MAPPER.valueToTree(after));
    }
  }

  record Unguarded(RiskId id) implements StreamCommand {
    @Override
    public void check(Rules rules) {}
  }

  @AggregateRoot(type = "risk")
  static final class UnguardedAggregate extends StreamAggregate<Risk, RiskEvent> {

    UnguardedAggregate() {
      super(Risk.STREAM);
    }

    @CommandHandler
    Decided handle(Unguarded command) {
      return decided();
    }
  }

  @BeforeEach
  void anOpenRisk() {
    node.send(caller, Examples.risk(id));
  }

  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "FORGED_METADATA")
  void aCommandThatFailsHalfWayWritesNothingAndLeavesNothingInMemory(Trick trick) {
    for (int i = 0; i < 2; i++) {
      assertThatThrownBy(
              () ->
                  mischief
                      .commands()
                      .send(caller, new Misbehave(id, trick), Terms.NONE, Decided.class))
          .isNotNull();
    }
    assertThat(node.ledger().types(id)).containsExactly("risk.identified");
    mischief.commands().send(caller, new Misbehave(id, Trick.FORGED_METADATA), Terms.NONE);
    assertThat(node.ledger().types(id))
        .containsExactly("risk.identified", "risk.reassessed", "risk.closed");
  }

  @Test
  void whatAHandlerPutsIntoMetadataChangesNeitherActorNorTenant() {
    mischief.commands().send(caller, new Misbehave(id, Trick.FORGED_METADATA), Terms.NONE);
    assertThat(node.ledger().events(id))
        .hasSize(3)
        .allSatisfy(
            event -> {
              assertThat(event.tenant()).isEqualTo(caller.tenant());
              assertThat(event.provenance().actor()).isEqualTo(caller.actor());
              assertThat(event.provenance().request()).isNull();
            });
  }

  @Test
  void aCommandThatNamesNoPermissionCannotBeSubscribed() {
    assertThatThrownBy(
            () ->
                new CommandSide(
                    node.database(),
                    node.clock(),
                    List.of(UnguardedAggregate.class, ControlAggregate.class)))
        .hasStackTraceContaining("Unguarded names no permission");
  }

  @Test
  void aCallerWithoutThePermissionIsRefused() {
    Caller others =
        Node.caller(caller.tenant(), EnumSet.complementOf(EnumSet.of(Permission.RISK_WRITE)));
    assertThat(node.answer(others, new CloseRisk(id))).isEqualTo("forbidden");
    assertThat(node.ledger().types(id)).containsExactly("risk.identified");
  }

  @Test
  void provenanceIsTheCallers() {
    Caller admin = Node.caller();
    var full =
        new Caller(
            caller.tenant(),
            caller.actor(),
            admin.actor(),
            caller.permissions(),
            caller.grants(),
            caller.via(),
            "Q3 review",
            "request-1",
            "trace-1",
            Node.sealed(caller.actor().id(), 1));
    node.send(full, new CloseRisk(id));
    var provenance = node.ledger().events(id).getLast().provenance();
    assertThat(provenance.actor()).isEqualTo(caller.actor());
    assertThat(provenance.impersonator()).isEqualTo(admin.actor());
    assertThat(provenance.reason()).isEqualTo("Q3 review");
    assertThat(provenance.request()).isEqualTo("request-1");
    assertThat(provenance.trace()).isEqualTo("trace-1");
    assertThat(provenance.ip()).isEqualTo(full.ip());
    assertThat(provenance.diff().toString()).contains("/status");
  }
}
