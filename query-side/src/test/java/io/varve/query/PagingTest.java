package io.varve.query;

import static io.varve.query.QueryFixture.caller;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.varve.events.rule.InvalidException;
import io.varve.postgres.Scope;
import io.varve.postgres.testing.Sql;
import io.varve.query.risk.RatedRisk;
import io.varve.query.risk.Risks;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.IntConsumer;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PagingTest {

  @AutoClose private final QueryFixture fixture = new QueryFixture();
  private final UUID tenant = UUID.randomUUID();
  private final UUID other = UUID.randomUUID();

  @Test
  void inOrderOfCreationEverythingIsSeenOnceWhateverChangesMeanwhile() {
    List<UUID> before = risks(25);
    List<UUID> seen =
        page(
            ListRequest.FIRST.limitedTo(4),
            page -> {
              fixture.risk(tenant, "New", 5);
              fixture.put(tenant, QueryFixture.stateOf(before.get(page), "Changed", 1), page);
            });
    assertThat(seen).doesNotHaveDuplicates().containsAll(before);
    assertThat(seen).isSorted();
  }

  @ParameterizedTest
  @ValueSource(strings = {"title", "-title", "likelihood", "-likelihood", "score", "-score"})
  void inAnyOrderWhatKeepsItsPlaceIsSeenOnce(String sort) {
    List<UUID> before = risks(25);
    List<UUID> seen =
        page(
            ListRequest.FIRST.limitedTo(3).sortedBy(sort),
            page -> fixture.risk(tenant, "New " + page, 1 + page % 5));
    assertThat(seen).doesNotHaveDuplicates().containsAll(before);
  }

  @Test
  void filtersHoldOnEveryPage() {
    risks(30);
    ListRequest request =
        ListRequest.FIRST.limitedTo(2).filteredBy("likelihood", "2", "4").filteredBy("q", "RISK 1");
    for (RatedRisk risk : all(request)) {
      assertThat(risk.risk().state().likelihood()).isIn(2, 4);
      assertThat(risk.risk().state().title()).startsWith("Risk 1");
    }
    assertThat(all(request)).hasSize(6);
  }

  @Test
  void aCursorIsOfUseForItsOwnQuestionInItsOwnTenantAlone() {
    risks(5);
    ListRequest request = ListRequest.FIRST.limitedTo(2);
    String cursor = list(tenant, request).next();
    assertThat(list(tenant, request.limitedTo(3).from(cursor)).items()).hasSize(3);
    for (Runnable attempt :
        List.<Runnable>of(
            () -> list(other, request.from(cursor)),
            () -> list(tenant, request.sortedBy("-created").from(cursor)),
            () -> list(tenant, request.filteredBy("likelihood", "1").from(cursor)),
            () -> list(tenant, request.from(cursor + "A")),
            () -> list(tenant, request.from("")),
            () -> list(tenant, request.from("no cursor")),
            () -> list(tenant, request.from("A".repeat(5000))))) {
      assertThatThrownBy(attempt::run)
          .isInstanceOfSatisfying(
              InvalidException.class,
              refused ->
                  assertThat(refused.violations().getFirst().pointer()).isEqualTo("/cursor"));
    }
  }

  @Test
  void thePredicateAloneKeepsTenantsApart() throws SQLException {
    UUID theirs = fixture.risk(other, "Theirs", 1);
    risks(1);
    try (Connection unconfined = Sql.connect(fixture.test.superuser());
        PreparedStatement one = unconfined.prepareStatement(Risks.LISTING.one())) {
      one.setObject(1, tenant);
      one.setObject(2, theirs);
      assertThat(one.executeQuery().next()).isFalse();
      one.setObject(1, other);
      assertThat(one.executeQuery().next()).isTrue();
    }
  }

  @Test
  void rowLevelSecurityAloneKeepsTenantsApart() {
    UUID theirs = fixture.risk(other, "Theirs", 1);
    for (Scope scope : List.of(Scope.query(tenant), Scope.query(other))) {
      List<UUID> found =
          fixture.database.query(
              scope,
              Risks.LISTING.one(),
              (statement, first) -> {
                statement.setObject(first, other);
                statement.setObject(first + 1, theirs);
              },
              row -> row.getObject(1, UUID.class));
      assertThat(found).hasSize(scope.equals(Scope.query(other)) ? 1 : 0);
    }
    assertThatThrownBy(() -> fixture.queries.documents().get(caller(tenant), Risks.LISTING, theirs))
        .isInstanceOf(NotThereException.class);
  }

  private List<UUID> risks(int count) {
    var ids = new ArrayList<UUID>();
    for (int i = 0; i < count; i++) {
      ids.add(fixture.risk(tenant, "Risk " + i % 20, 1 + i % 5));
      fixture.risk(other, "Risk " + i, 3);
    }
    return ids;
  }

  private List<UUID> page(ListRequest request, IntConsumer meanwhile) {
    var seen = new ArrayList<UUID>();
    String cursor = null;
    int page = 0;
    do {
      Page<RatedRisk> found = list(tenant, request.from(cursor));
      found.items().forEach(risk -> seen.add(risk.risk().id()));
      cursor = found.next();
      if (page < 10) {
        meanwhile.accept(page++);
      }
    } while (cursor != null);
    return seen;
  }

  private List<RatedRisk> all(ListRequest request) {
    var all = new ArrayList<RatedRisk>();
    String cursor = null;
    do {
      Page<RatedRisk> found = list(tenant, request.from(cursor));
      all.addAll(found.items());
      cursor = found.next();
    } while (cursor != null);
    return all;
  }

  private Page<RatedRisk> list(UUID as, ListRequest request) {
    return fixture.queries.documents().list(caller(as), Risks.LISTING, request);
  }
}
