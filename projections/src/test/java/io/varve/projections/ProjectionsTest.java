package io.varve.projections;

import static org.awaitility.Awaitility.await;

import io.varve.postgres.testing.TestLedger.Fact;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

class ProjectionsTest {

  @AutoClose private final Fixture fixture = new Fixture();

  @Test
  void readModelsHoldExactlyTheFoldOfWhatSeveralWritersAppend() throws Exception {
    List<History> histories = LongStream.range(0, 9).mapToObj(History::new).toList();
    try (Projections projections = fixture.projections(Fixture.settings(4, 4, 4))) {
      projections.start();
      write(histories, 3, 12, 60);
      fixture.awaitCaughtUp(projections);
      histories.forEach(fixture::assertHolds);
    }
  }

  @Test
  void aRestartInTheMiddleLosesAndRepeatsNothing() throws Exception {
    List<History> histories = LongStream.range(20, 24).mapToObj(History::new).toList();
    write(histories, 2, 10, 300);
    for (int round = 0; round < 4; round++) {
      try (Projections projections = fixture.projections(Fixture.settings(2, 2, 1))) {
        projections.start();
        long seen = projections.health().lag();
        await().until(() -> projections.health().lag() < seen || seen == 0);
      }
    }
    try (Projections projections = fixture.projections(Fixture.settings(2, 2, 2))) {
      projections.start();
      fixture.awaitCaughtUp(projections);
      histories.forEach(fixture::assertHolds);
    }
  }

  @Test
  void twoNodesShareTheSegments() throws Exception {
    List<History> histories = LongStream.range(40, 48).mapToObj(History::new).toList();
    try (Projections one = fixture.projections(Fixture.settings(4, 2, 4));
        Projections other = fixture.projections(Fixture.settings(4, 2, 4))) {
      one.start();
      other.start();
      write(histories, 2, 10, 50);
      fixture.awaitCaughtUp(one);
      fixture.awaitCaughtUp(other);
      histories.forEach(fixture::assertHolds);
    }
  }

  /** Several writers, each with tenants of its own, in groups of mixed tenants. */
  private void write(List<History> histories, int writers, int groups, int perTenant)
      throws Exception {
    try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
      var done = new ArrayList<Future<?>>();
      for (int writer = 0; writer < writers; writer++) {
        int mine = writer;
        done.add(
            executor.submit(
                () -> {
                  var random = new Random(mine);
                  for (int group = 0; group < groups; group++) {
                    var facts = new ArrayList<List<Fact>>();
                    for (int h = mine; h < histories.size(); h += writers) {
                      facts.add(histories.get(h).next(perTenant));
                    }
                    Collections.shuffle(facts, random);
                    fixture.ledger.append(
                        facts.stream().flatMap(List::stream).toList(), Instant.now());
                  }
                }));
      }
      for (Future<?> writer : done) {
        writer.get();
      }
    }
  }
}
