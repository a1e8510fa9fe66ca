package io.varve.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.varve.command.kri.ReviseKri;
import io.varve.command.testing.Examples;
import io.varve.command.testing.Node;
import io.varve.events.access.Caller;
import io.varve.events.control.ControlId;
import io.varve.events.kri.Direction;
import io.varve.events.kri.KriId;
import io.varve.events.source.SourceId;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class UniqueValuesTest {

  @AutoClose static final Node node = Node.start();

  private final Caller caller = Node.caller();
  private final SourceId source = new SourceId(UUID.randomUUID());

  @BeforeEach
  void aSource() {
    node.send(caller, Examples.source(source));
  }

  @Test
  void ofTwoKrisWithOneSlugTheSecondIsRefusedAndToldWhichFieldIsTaken() {
    node.send(caller, Examples.kri(kri(), "patches", source));
    assertThat(node.refusal(caller, Examples.kri(kri(), "patches", source)))
        .isInstanceOfSatisfying(
            LedgerRefusal.ValueTaken.class,
            taken -> assertThat(taken.pointer()).isEqualTo("/slug"));
  }

  @Test
  void aSlugThatWasGivenUpIsFreeForAnother() {
    KriId first = kri();
    node.send(caller, Examples.kri(first, "patches", source));
    node.send(caller, revised(first, "patching"));
    KriId second = kri();
    node.send(caller, Examples.kri(second, "patches", source));
    assertThat(node.answer(caller, revised(first, "patches"))).isEqualTo("value-taken");
    node.send(caller, revised(second, "other"));
    node.send(caller, revised(first, "patches"));
  }

  @Test
  void aRefusedSlugChangeChangesNothingElseOfTheKri() {
    KriId first = kri();
    KriId second = kri();
    node.send(caller, Examples.kri(first, "one", source));
    node.send(caller, Examples.kri(second, "two", source));
    assertThat(node.answer(caller, revised(second, "one"))).isEqualTo("value-taken");
    assertThat(node.ledger().types(second)).containsExactly("kri.defined");
  }

  @Test
  void aKriAndAControlMayGoByTheSameSlug() {
    node.send(caller, Examples.kri(kri(), "same", source));
    node.send(caller, Examples.control(new ControlId(UUID.randomUUID()), "same"));
  }

  @Test
  void ofManyThatTakeOneSlugAtOnceOnTwoNodesOneGetsIt() throws Exception {
    try (Node other = node.another();
        var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<String>> answers = new ArrayList<>();
      for (int i = 0; i < 16; i++) {
        Node each = i % 2 == 0 ? node : other;
        answers.add(
            threads.submit(() -> each.answer(caller, Examples.kri(kri(), "patches", source))));
      }
      var all = new ArrayList<String>();
      for (Future<String> answer : answers) {
        all.add(answer.get());
      }
      assertThat(all).containsOnlyOnce("-").containsOnly("-", "value-taken");
    }
  }

  @Test
  void aSlugThatWandersFromKriToKriIsNeverHeldTwice() throws Exception {
    List<KriId> kris = List.of(kri(), kri(), kri(), kri());
    for (int i = 0; i < kris.size(); i++) {
      node.send(caller, Examples.kri(kris.get(i), "own_" + i, source));
    }
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<?>> wanderers = new ArrayList<>();
      for (int i = 0; i < kris.size(); i++) {
        KriId each = kris.get(i);
        String own = "own_" + i;
        wanderers.add(
            threads.submit(
                () -> {
                  for (int round = 0; round < 40; round++) {
                    assertThat(node.answer(caller, revised(each, "wanted")))
                        .isIn("-", "value-taken");
                    assertThat(node.answer(caller, revised(each, own))).isEqualTo("-");
                  }
                }));
      }
      for (Future<?> wanderer : wanderers) {
        wanderer.get();
      }
    }
  }

  private static KriId kri() {
    return new KriId(UUID.randomUUID());
  }

  private ReviseKri revised(KriId id, String slug) {
    return new ReviseKri(
        id,
        slug,
        "Revised to " + slug,
        "",
        "%",
        source,
        BigDecimal.ONE,
        BigDecimal.TEN,
        Direction.HIGHER_IS_WORSE,
        Examples.setOf(),
        null);
  }
}
