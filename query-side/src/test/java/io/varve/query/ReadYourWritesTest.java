package io.varve.query;

import static io.varve.query.QueryFixture.caller;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

class ReadYourWritesTest {

  @AutoClose private final QueryFixture fixture = new QueryFixture();
  private final ReadYourWrites writes = fixture.queries.readYourWrites();
  private final UUID tenant = UUID.randomUUID();

  @Test
  void whatIsThereIsNotWaitedFor() throws InterruptedException {
    assertThat(writes.await(caller(tenant), 0, Duration.ZERO)).isTrue();
    progress(tenant, 7);
    assertThat(writes.await(caller(tenant), 7, Duration.ZERO)).isTrue();
  }

  @Test
  void whatDoesNotComeIsWaitedForNoLongerThanTheBound() throws InterruptedException {
    progress(UUID.randomUUID(), 100);
    assertThat(writes.await(caller(tenant), 1, Duration.ofMillis(30))).isFalse();
  }

  @Test
  void waitingHoldsNoConnectionAndEndsWhenTheReadModelsHaveGotThere() throws Exception {
    try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
      var waiting = new ArrayList<Future<Boolean>>();
      for (int i = 0; i < 50; i++) {
        waiting.add(executor.submit(() -> writes.await(caller(tenant), 3, Duration.ofSeconds(20))));
      }
      progress(tenant, 2);
      writes.moved(tenant);
      assertThat(waiting).noneMatch(Future::isDone);
      progress(tenant, 3);
      writes.moved(tenant);
      await().until(() -> waiting.stream().allMatch(Future::isDone));
      for (Future<Boolean> one : waiting) {
        assertThat(one.get()).isTrue();
      }
    }
  }

  @Test
  void whoIsNotWokenLooksAgain() throws Exception {
    try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<Boolean> waiting =
          executor.submit(() -> writes.await(caller(tenant), 1, Duration.ofSeconds(20)));
      progress(tenant, 1);
      assertThat(waiting.get()).isTrue();
    }
  }

  private void progress(UUID in, long number) {
    fixture.write(
        in,
        """
        insert into read.progress values (?, ?)
            on conflict (tenant_id) do update set number = excluded.number
        """,
        in,
        number);
  }
}
