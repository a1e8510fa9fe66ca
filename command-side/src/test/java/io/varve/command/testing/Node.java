package io.varve.command.testing;

import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.varve.command.Command;
import io.varve.command.CommandSide;
import io.varve.command.Commands;
import io.varve.command.Decided;
import io.varve.command.Installation;
import io.varve.command.Receipt;
import io.varve.command.Terms;
import io.varve.command.notice.Tally;
import io.varve.events.Refusal;
import io.varve.events.access.Caller;
import io.varve.events.access.Permission;
import io.varve.events.identity.UserId;
import io.varve.events.personal.Personal;
import io.varve.events.provenance.Actor;
import io.varve.events.provenance.Via;
import io.varve.events.rule.InvalidException;
import io.varve.events.rule.Violation;
import io.varve.postgres.Database;
import io.varve.postgres.testing.TestDatabase;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** One node of an installation: its command side, on a database that other nodes may share. */
public final class Node implements AutoCloseable {

  private final TestDatabase postgres;
  private final boolean first;
  private final Database database;
  private final SetClock clock;
  private final CommandSide side;

  private Node(TestDatabase postgres, boolean first, SetClock clock) {
    this.postgres = postgres;
    this.first = first;
    this.database = new Database(postgres.login(), 12);
    this.clock = clock;
    this.side = new CommandSide(database, clock);
  }

  /** The only node of a new installation. */
  public static Node start() {
    return new Node(TestDatabase.migrated(), true, new SetClock());
  }

  /** One more node of the same installation. */
  public Node another() {
    return new Node(postgres, false, clock);
  }

  public Commands commands() {
    return side.commands();
  }

  public Tally tally() {
    return side.tally();
  }

  public Database database() {
    return database;
  }

  public TestDatabase postgres() {
    return postgres;
  }

  public SetClock clock() {
    return clock;
  }

  public Ledger ledger() {
    return new Ledger(database);
  }

  public UUID platform() {
    return Installation.platform(database);
  }

  /** Somebody who may do anything in a tenant of which nothing is known yet. */
  public static Caller caller() {
    return caller(UUID.randomUUID());
  }

  public static Caller caller(UUID tenant) {
    return caller(tenant, EnumSet.allOf(Permission.class));
  }

  public static Caller caller(UUID tenant, Set<Permission> permissions) {
    return Caller.of(tenant, Actor.user(UUID.randomUUID()), permissions, Via.API);
  }

  /** Somebody who may do anything in a tenant, but give no more than this. */
  public static Caller giving(UUID tenant, Set<Permission> grants) {
    return caller(tenant).within(tenant, EnumSet.allOf(Permission.class), grants);
  }

  /** A user who may do this in its own home. */
  public static Caller user(UUID tenant, UserId id, Permission... permissions) {
    return Caller.of(tenant, Actor.user(id.value()), Set.of(permissions), Via.API);
  }

  /** The same caller, with somebody who acts as him. */
  public static Caller impersonated(Caller caller, Actor impersonator) {
    return new Caller(
        caller.tenant(),
        caller.actor(),
        impersonator,
        caller.permissions(),
        caller.grants(),
        caller.via(),
        caller.reason(),
        caller.request(),
        caller.trace(),
        caller.ip());
  }

  /** The same caller in one request of his. */
  public static Caller request(Caller caller, String request) {
    return new Caller(
        caller.tenant(),
        caller.actor(),
        caller.impersonator(),
        caller.permissions(),
        caller.grants(),
        caller.via(),
        caller.reason(),
        request,
        caller.trace(),
        caller.ip());
  }

  /** Text about a person, which nothing here ever opens. */
  public static Personal sealed(UUID subject, int text) {
    return Personal.of(subject, new byte[] {(byte) text, 1, 2, 3});
  }

  public Receipt<Decided> send(Caller caller, Command command) {
    return commands().send(caller, command, Terms.NONE);
  }

  public Receipt<Decided> sendIfMatch(Caller caller, Command command, long sequence) {
    return commands().send(caller, command, new Terms(sequence, null));
  }

  public Receipt<Decided> sendUnderKey(
      Caller caller, Command command, String key, String requestHash) {
    return commands()
        .send(caller, command, new Terms(null, new Terms.Idempotency(key, requestHash)));
  }

  /** The refusal that a command gets, or nothing if it is accepted. */
  public @Nullable Refusal refusal(Caller caller, Command command) {
    return catchThrowableOfType(Refusal.class, () -> send(caller, command));
  }

  /** The code of the refusal that a command gets, or a dash if it is accepted. */
  public String answer(Caller caller, Command command) {
    Refusal refusal = refusal(caller, command);
    return refusal == null ? "-" : refusal.code();
  }

  /** Where a command is wrong and how, as {@code pointer code}. */
  public List<String> violations(Caller caller, Command command) {
    return refusal(caller, command) instanceof InvalidException invalid
        ? invalid.violations().stream().map(Node::text).toList()
        : List.of();
  }

  private static String text(Violation violation) {
    return violation.pointer() + " " + violation.code();
  }

  /** Ends the command side, while commands may still be coming. */
  public void stop() {
    side.close();
  }

  /** Ends the node. The first one of an installation holds the ledger to its laws before. */
  @Override
  public void close() {
    side.close();
    if (first) {
      ledger().check();
    }
    database.close();
    if (first) {
      postgres.close();
    }
  }
}
