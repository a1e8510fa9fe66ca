package io.varve.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.varve.events.access.Caller;
import io.varve.events.access.ForbiddenException;
import io.varve.events.access.Permission;
import io.varve.events.provenance.Actor;
import io.varve.events.provenance.Via;
import io.varve.events.risk.Risk;
import io.varve.events.rule.InvalidException;
import io.varve.postgres.Database;
import io.varve.postgres.testing.TestDatabase;
import io.varve.query.audit.AuditFilter;
import io.varve.query.audit.AuditQuery;
import io.varve.query.control.Controls;
import io.varve.query.identity.Groups;
import io.varve.query.identity.Impersonations;
import io.varve.query.identity.Roles;
import io.varve.query.identity.Users;
import io.varve.query.key.ApiKeys;
import io.varve.query.kri.Kris;
import io.varve.query.kri.SeriesQuery;
import io.varve.query.notice.Notices;
import io.varve.query.outcome.Outcomes;
import io.varve.query.provider.Providers;
import io.varve.query.risk.Risks;
import io.varve.query.session.Sessions;
import io.varve.query.source.Sources;
import io.varve.query.tenancy.Tenancy;
import io.varve.query.vendor.Vendors;
import java.time.Clock;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ListingTest {

  @AutoClose private static final TestDatabase test = TestDatabase.migrated();
  @AutoClose private static final Database database = new Database(test.login(), 1);

  private final QuerySide queries = new QuerySide(database, Clock.systemUTC(), new byte[32]);

  static List<Listing<?>> listings() {
    return List.of(
        Tenancy.PLATFORM,
        Tenancy.ORGANIZATIONS,
        Tenancy.TENANTS,
        Tenancy.CARRIERS,
        Users.LISTING,
        Roles.LISTING,
        Groups.LISTING,
        Impersonations.LISTING,
        Sources.LISTING,
        Kris.LISTING,
        Controls.LISTING,
        Risks.LISTING,
        Outcomes.LISTING,
        Vendors.LISTING,
        Sessions.LISTING,
        Sessions.OWN,
        ApiKeys.LISTING,
        Providers.LISTING,
        Notices.LISTING);
  }

  @ParameterizedTest
  @MethodSource("listings")
  void everyFilterSortAndDirectionIsAStatementThatPostgresqlTakes(Listing<?> listing) {
    Caller caller = caller(EnumSet.allOf(Permission.class));
    assertThat(queries.documents().find(caller, listing, UUID.randomUUID())).isEmpty();
    for (Filter filter : listing.filters()) {
      var request = ListRequest.FIRST.filteredBy(filter.name(), valueOf(filter));
      assertThat(queries.documents().list(caller, listing, request).items()).isEmpty();
    }
    for (Sort sort : listing.sorts()) {
      for (String direction : List.of("", "-")) {
        var request = ListRequest.FIRST.sortedBy(direction + sort.name());
        for (int round = 0; round < 7; round++) {
          assertThat(queries.documents().list(caller, listing, request).next()).isNull();
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("listings")
  void withoutItsPermissionNothingIsAnswered(Listing<?> listing) {
    EnumSet<Permission> others = EnumSet.complementOf(EnumSet.of(listing.permission()));
    assertThat(listing.permission().isRead() || listing == Sessions.OWN).isTrue();
    assertThatThrownBy(() -> queries.documents().list(caller(others), listing, ListRequest.FIRST))
        .isInstanceOf(ForbiddenException.class);
    assertThatThrownBy(() -> queries.documents().find(caller(others), listing, UUID.randomUUID()))
        .isInstanceOf(ForbiddenException.class);
  }

  @Test
  @SuppressWarnings("NullAway")
  void aListingThatNamesNoPermissionCannotBeMade() {
    assertThatThrownBy(() -> Listing.of(Risk.STREAM, null, List.of(), List.of(Sort.CREATED)))
        .isInstanceOf(NullPointerException.class);
  }

  @Test
  void whatAListDoesNotHaveIsRefusedByName() {
    var request =
        new ListRequest(
            Map.of("colour", List.of("red"), "status", List.of("ajar")), "weight", 201, null);
    assertThatThrownBy(
            () ->
                queries
                    .documents()
                    .list(caller(Set.of(Permission.RISK_READ)), Risks.LISTING, request))
        .isInstanceOfSatisfying(
            InvalidException.class,
            refused ->
                assertThat(refused.violations())
                    .extracting(violation -> violation.pointer())
                    .containsExactlyInAnyOrder("/limit", "/colour", "/status", "/sort"));
  }

  @Test
  void theTrailAndTheSeriesOfATenantWithoutEventsAreEmpty() {
    Caller caller = caller(EnumSet.allOf(Permission.class));
    Instant now = Instant.now();
    // More often than the driver needs to keep a statement in the server.
    for (int round = 0; round < 14; round++) {
      boolean newest = round % 2 == 0;
      var series = new SeriesQuery(now, null, newest, 10, null);
      assertThat(queries.kriSeries().list(caller, UUID.randomUUID(), series).items()).isEmpty();
      for (UUID id : new UUID[] {null, UUID.randomUUID()}) {
        var query =
            new AuditQuery(
                new AuditFilter(
                    now,
                    now,
                    id,
                    id,
                    "risk",
                    id,
                    "risk.closed",
                    "request",
                    "trace",
                    "/path",
                    "text"),
                newest,
                10,
                null);
        assertThat(queries.auditTrail().search(caller, query).items()).isEmpty();
      }
    }
  }

  private static String valueOf(Filter filter) {
    return switch (filter) {
      case Filter.AnyOf any when !any.allowed().isEmpty() -> any.allowed().getFirst();
      case Filter.AnyOf any when any.type().equals("text") -> "x";
      case Filter.AnyOf any -> UUID.randomUUID().toString();
      case Filter.Linked linked -> UUID.randomUUID().toString();
      case Filter.Contains contains -> "x";
      case Filter.Flag flag -> "true";
    };
  }

  private static Caller caller(Set<Permission> permissions) {
    return Caller.of(UUID.randomUUID(), Actor.user(UUID.randomUUID()), permissions, Via.API);
  }
}
