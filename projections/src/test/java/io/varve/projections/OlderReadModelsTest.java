package io.varve.projections;

import static org.assertj.core.api.Assertions.assertThat;

import io.varve.events.access.Role;
import io.varve.events.identity.User;
import io.varve.events.identity.UserEvent.UserRegistered;
import io.varve.events.identity.UserEvent.UserRoleAssigned;
import io.varve.events.identity.UserId;
import io.varve.events.personal.Personal;
import io.varve.postgres.testing.Sql;
import io.varve.postgres.testing.TestDatabase;
import io.varve.postgres.testing.TestLedger.Fact;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

class OlderReadModelsTest {

  @AutoClose private final Fixture fixture = new Fixture(TestDatabase.migratedTo("6"));

  @Test
  void whatAnOlderVersionFoldedIsFoldedAgain() throws SQLException {
    var id = new UserId(UUID.randomUUID());
    Personal text = Personal.of(id.value(), new byte[28]);
    History history = new History(1);
    UUID tenant = history.tenant;
    history.tell(
        id,
        new UserRegistered(id, tenant, text, text, id.value().toString(), Role.TENANT_USER, null));
    List<Fact> known = history.next(50);
    fixture.ledger.append(known, Instant.now());
    leftBehind(tenant, id, known.size());
    fixture.test.migrate();
    history.tell(id, new UserRoleAssigned(Role.TENANT_ADMIN));
    fixture.ledger.append(history.next(20), Instant.now());
    try (Projections projections = fixture.projections(Fixture.settings(2, 2, 1))) {
      projections.start();
      fixture.awaitCaughtUp(projections);
      fixture.assertHolds(history);
      assertThat(fixture.documents(tenant, User.STREAM)).hasSize(1);
    }
  }

  /** As the version before left it: a document of its shape, how far it got, and a token. */
  private void leftBehind(UUID tenant, UserId id, int events) throws SQLException {
    Sql.run(
        fixture.test.superuser(),
        """
        insert into read."user" (tenant_id, id, sequence, number, position, created, at, doc)
        select tenant_id, id, sequence, number, position, at, at,
               (payload::jsonb || '{"status": "active"}')
          from ledger.event where id = '%2$s';
        insert into read.progress values ('%1$s', %3$d);
        insert into ops.token (processor, segment, mask, token, token_type, at)
        values ('read-models', 0, 1, '%3$d', 'position', now()), ('read-models', 1, 1, '%3$d', 'position', now())
        """
            .formatted(tenant, id.value(), events));
  }
}
