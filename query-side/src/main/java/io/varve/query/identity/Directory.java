package io.varve.query.identity;

import io.varve.events.State;
import io.varve.events.StreamDefinition;
import io.varve.events.access.Caller;
import io.varve.events.access.Permission;
import io.varve.events.identity.Group;
import io.varve.events.identity.GroupId;
import io.varve.events.identity.User;
import io.varve.events.identity.UserId;
import io.varve.postgres.Database;
import io.varve.postgres.Scope;
import io.varve.query.Document;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The users and groups of a tenant as a directory sees them. What the directory has removed is not
 * there. Lists are of identifiers, in the order of creation, so that they can be counted and cut
 * without being read.
 */
public final class Directory {

  public static final Permission PERMISSION = Permission.DIRECTORY_WRITE;

  private static final String USER_IDS =
      """
      select d.id
        from read."user" d
       where d.tenant_id = ?
         and not d.deprovisioned
         and (cast(? as uuid) is null or d.id = ?)
         and (cast(? as text) is null or d.email_hash = ?)
         and (cast(? as text) is null or d.external_id_hash = ?)
         and (cast(? as text) is null or d.status = ?)
       order by d.id
      """;

  private static final String USERS =
      """
      select d.id, d.sequence, d.number, d.created, d.at, d.doc
        from read."user" d
       where d.tenant_id = ?
         and not d.deprovisioned
         and d.id = any (?)
       order by d.id
      """;

  private static final String GROUP_IDS =
      """
      select d.id
        from read."group" d
       where d.tenant_id = ?
         and d.status = 'active'
         and (cast(? as uuid) is null or d.id = ?)
         and (cast(? as text) is null or d.name = ops.folded(?))
         and (cast(? as text) is null or d.external_id = ?)
       order by d.id
      """;

  private static final String GROUPS =
      """
      select d.id, d.sequence, d.number, d.created, d.at, d.doc
        from read."group" d
       where d.tenant_id = ?
         and d.status = 'active'
         and d.id = any (?)
       order by d.id
      """;

  /** By what groups hold for their members, so that a user's are found without reading all. */
  private static final String MEMBERSHIPS =
      """
      select cast(u.id as uuid), d.id, d.doc ->> 'name'
        from unnest(cast(? as text[])) u (id)
        join ledger.claim c on c.tenant_id = ? and c.kind = ? and c.value between u.id || '/' and u.id || '/~'
        join read."group" d on d.tenant_id = c.tenant_id and d.id = c.holder_id
       where d.status = 'active'
       order by d.name, d.id
      """;

  private final Database database;

  public Directory(Database database) {
    this.database = database;
  }

  /**
   * Which users or groups; null where any will do.
   *
   * @param key the keyed hash of a user's address, or a group's name in any case
   * @param externalId the keyed hash of what the directory calls a user, or what it calls a group
   */
  public record Which(
      @Nullable UUID id,
      @Nullable String key,
      @Nullable String externalId,
      User.@Nullable Status status) {

    public static final Which ANY = new Which(null, null, null, null);
  }

  /** That a user is in a group. */
  public record Membership(UserId user, GroupId group, String name) {}

  public List<UUID> userIds(Caller caller, Which which) {
    return ids(
        caller,
        USER_IDS,
        (statement, first) -> {
          int next = bind(statement, first, which);
          User.Status status = which.status();
          bindTwice(
              statement, next, status == null ? null : status.name().toLowerCase(Locale.ROOT));
        });
  }

  public List<Document<User>> users(Caller caller, Collection<UUID> ids) {
    return read(caller, USERS, User.STREAM, ids);
  }

  /** A group has no status here: one that was removed is not there. */
  public List<UUID> groupIds(Caller caller, Which which) {
    return ids(caller, GROUP_IDS, (statement, first) -> bind(statement, first, which));
  }

  public List<Document<Group>> groups(Caller caller, Collection<UUID> ids) {
    return read(caller, GROUPS, Group.STREAM, ids);
  }

  /** Which groups these users are in, by the groups' names. */
  public List<Membership> memberships(Caller caller, Collection<UUID> users) {
    caller.require(PERMISSION);
    return database.query(
        Scope.query(caller.tenant()),
        MEMBERSHIPS,
        (statement, first) -> {
          Object[] texts = users.stream().map(UUID::toString).toArray();
          statement.setArray(first, statement.getConnection().createArrayOf("text", texts));
          statement.setObject(first + 1, caller.tenant());
          statement.setString(first + 2, Group.MEMBER);
        },
        row ->
            new Membership(
                new UserId(row.getObject(1, UUID.class)),
                new GroupId(row.getObject(2, UUID.class)),
                row.getString(3)));
  }

  private List<UUID> ids(Caller caller, String sql, Database.Binder which) {
    caller.require(PERMISSION);
    return database.query(
        Scope.query(caller.tenant()),
        sql,
        (statement, first) -> {
          statement.setObject(first, caller.tenant());
          which.bind(statement, first + 1);
        },
        row -> row.getObject(1, UUID.class));
  }

  private <S extends State> List<Document<S>> read(
      Caller caller, String sql, StreamDefinition<S, ?> stream, Collection<UUID> ids) {
    caller.require(PERMISSION);
    return database.query(
        Scope.query(caller.tenant()),
        sql,
        (statement, first) -> {
          statement.setObject(first, caller.tenant());
          statement.setArray(
              first + 1, statement.getConnection().createArrayOf("uuid", ids.toArray()));
        },
        row -> Document.read(row, stream));
  }

  private static int bind(PreparedStatement statement, int first, Which which) throws SQLException {
    for (int index = first; index < first + 2; index++) {
      if (which.id() == null) {
        statement.setNull(index, Types.OTHER, "uuid");
      } else {
        statement.setObject(index, which.id());
      }
    }
    bindTwice(statement, first + 2, which.key());
    bindTwice(statement, first + 4, which.externalId());
    return first + 6;
  }

  private static void bindTwice(PreparedStatement statement, int first, @Nullable String value)
      throws SQLException {
    statement.setString(first, value);
    statement.setString(first + 1, value);
  }
}
