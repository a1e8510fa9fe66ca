package io.varve.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.varve.command.control.AdoptControl;
import io.varve.command.control.ReviseControl;
import io.varve.command.identity.ChangeGroupMembers;
import io.varve.command.identity.CreateGroup;
import io.varve.command.identity.DisableUser;
import io.varve.command.identity.EnableUser;
import io.varve.command.identity.MapGroupRoles;
import io.varve.command.identity.RemoveGroup;
import io.varve.command.identity.RenameGroup;
import io.varve.command.identity.ReviseRole;
import io.varve.command.identity.ReviseUser;
import io.varve.command.identity.WithdrawRole;
import io.varve.command.kri.DefineKri;
import io.varve.command.kri.ObserveKri;
import io.varve.command.kri.ReviseKri;
import io.varve.command.outcome.DefineOutcome;
import io.varve.command.outcome.ReviseOutcome;
import io.varve.command.risk.CloseRisk;
import io.varve.command.risk.IdentifyRisk;
import io.varve.command.risk.ReopenRisk;
import io.varve.command.risk.ReviseRisk;
import io.varve.command.source.PauseSource;
import io.varve.command.source.RegisterSource;
import io.varve.command.source.ResumeSource;
import io.varve.command.source.ReviseSource;
import io.varve.command.source.SetSourceCredential;
import io.varve.command.testing.Examples;
import io.varve.command.testing.Node;
import io.varve.command.vendor.RegisterVendor;
import io.varve.command.vendor.ReviseVendor;
import io.varve.events.Refusal;
import io.varve.events.access.Caller;
import io.varve.events.access.Permission;
import io.varve.events.access.Role;
import io.varve.events.control.Control;
import io.varve.events.control.ControlId;
import io.varve.events.identity.GroupId;
import io.varve.events.identity.RoleId;
import io.varve.events.identity.UserId;
import io.varve.events.kri.Direction;
import io.varve.events.kri.KriId;
import io.varve.events.kri.ObservationId;
import io.varve.events.outcome.OutcomeId;
import io.varve.events.risk.RiskId;
import io.varve.events.risk.Treatment;
import io.varve.events.source.Config;
import io.varve.events.source.Schedule;
import io.varve.events.source.Source;
import io.varve.events.source.SourceId;
import io.varve.events.vendor.Vendor;
import io.varve.events.vendor.VendorId;
import io.varve.postgres.ledger.StoredEvent;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import org.jspecify.annotations.Nullable;

/** Whatever is sent, in whatever order, the ledger keeps its laws. */
class RandomCommandsTest {

  private static @Nullable Node here;
  private static @Nullable Node there;

  @BeforeContainer
  static void twoNodes() {
    here = Node.start();
    there = here.another();
  }

  /** Each node's end holds everything that was stored to the laws of {@code Ledger.check}. */
  @AfterContainer
  static void theLedgerKeepsItsLaws() {
    assertThat(
            node(false).ledger().events().stream()
                .map(StoredEvent::type)
                .collect(Collectors.toSet()))
        .as("what came about at all")
        .hasSizeGreaterThan(30);
    node(true).close();
    node(false).close();
  }

  @Property(tries = 60)
  void randomCommandsOnTwoNodesAreAcceptedOrRefusedAndNeverCorrupt(
      @ForAll("commands") List<Command> commands) {
    Caller caller = Examples.tenantOf(node(false));
    long number = 1;
    for (int i = 0; i < commands.size(); i++) {
      try {
        var receipt = node(i % 3 == 0).send(caller, commands.get(i));
        if (receipt.number() != 0) {
          assertThat(receipt.number()).isGreaterThan(number);
          number = receipt.number();
        }
      } catch (Refusal refusal) {
        assertThat(EnumSet.of(Refusal.Kind.INVALID, Refusal.Kind.NOT_FOUND, Refusal.Kind.CONFLICT))
            .contains(refusal.kind());
      }
    }
    long last = number;
    assertThat(
            node(false).ledger().events().stream()
                .filter(event -> event.tenant().equals(caller.tenant()))
                .count())
        .isEqualTo(last);
  }

  @Provide
  Arbitrary<List<Command>> commands() {
    return Arbitraries.randomValue(RandomCommandsTest::command).list().ofMinSize(30).ofMaxSize(60);
  }

  private static Node node(boolean second) {
    Node node = second ? there : here;
    if (node == null) {
      throw new IllegalStateException("no node");
    }
    return node;
  }

  /** Of each kind there are two things, so that commands meet, and some fields are wrong. */
  private static Command command(Random random) {
    var riskId = id(random, 1, RiskId::new);
    var controlId = id(random, 2, ControlId::new);
    var sourceId = id(random, 3, SourceId::new);
    var kriId = id(random, 4, KriId::new);
    var outcomeId = id(random, 5, OutcomeId::new);
    var vendorId = id(random, 6, VendorId::new);
    var userId = id(random, 7, UserId::new);
    UserId owner = random.nextInt(4) == 0 ? userId : null;
    String text = pick(random, "One", "Two", "Zwei Zeilen\nhier", " ", "x".repeat(301));
    String slug = pick(random, "a", "b", "Not a slug");
    int level = random.nextInt(7);
    BigDecimal decimal = new BigDecimal(pick(random, "0", "0.5", "0.50", "1", "-3", "1e21"));
    BigDecimal other = new BigDecimal(pick(random, "0.5", "1", "2"));
    SortedSet<RiskId> risks = some(random, riskId);
    return switch (random.nextInt(25)) {
      case 0 ->
          new IdentifyRisk(
              riskId,
              text,
              "",
              "c",
              owner,
              level,
              3,
              any(random, Treatment.class),
              some(random, controlId));
      case 1 ->
          new ReviseRisk(
              riskId,
              text,
              "",
              "c",
              owner,
              3,
              level,
              any(random, Treatment.class),
              some(random, controlId));
      case 2 -> new CloseRisk(riskId);
      case 3 -> new ReopenRisk(riskId);
      case 4 ->
          new AdoptControl(
              controlId,
              slug,
              text,
              "",
              null,
              owner,
              any(random, Control.Status.class),
              decimal,
              some(random, "T1078"));
      case 5 ->
          new ReviseControl(
              controlId,
              slug,
              text,
              "",
              "f:x",
              owner,
              any(random, Control.Status.class),
              decimal,
              some(random, "T1"));
      case 6, 7 ->
          new RegisterSource(
              sourceId,
              text,
              any(random, Source.Kind.class),
              random.nextBoolean() ? vendorId : null,
              pick(random, "https://a.example", "ftp://x"),
              Source.Auth.NONE,
              any(random, Schedule.class),
              Config.empty(),
              null);
      case 8 ->
          new ReviseSource(
              sourceId,
              text,
              null,
              random.nextBoolean() ? null : "https://b.example",
              Source.Auth.BASIC,
              any(random, Schedule.class),
              Config.empty());
      case 9 -> new PauseSource(sourceId);
      case 10 -> new ResumeSource(sourceId);
      case 11 -> new SetSourceCredential(sourceId, random.nextBoolean() ? null : new UUID(9, 9));
      case 12, 13 ->
          new DefineKri(
              kriId,
              slug,
              text,
              "",
              "%",
              sourceId,
              decimal,
              other,
              any(random, Direction.class),
              risks,
              null);
      case 14 ->
          new ReviseKri(
              kriId,
              slug,
              text,
              "",
              "",
              sourceId,
              decimal,
              other,
              any(random, Direction.class),
              risks,
              outcomeId);
      case 15, 16 ->
          new ObserveKri(
              kriId,
              new ObservationId(new UUID(random.nextLong(), 1)),
              decimal,
              Instant.ofEpochSecond(random.nextInt()),
              random.nextBoolean() ? null : sourceId,
              null,
              null);
      case 17 -> new DefineOutcome(outcomeId, text, "", owner, risks);
      case 18 -> new ReviseOutcome(outcomeId, text, "", owner, risks);
      case 19 ->
          new RegisterVendor(
              vendorId,
              text,
              "c",
              level,
              owner,
              some(random, "data"),
              any(random, Vendor.Status.class),
              null);
      case 20 ->
          new ReviseVendor(
              vendorId,
              text,
              "c",
              1,
              owner,
              some(random, " "),
              Vendor.Status.ACTIVE,
              any(random, Vendor.Decision.class));
      case 21 -> Examples.user(userId, pick(random, "a@b", "c@d"), any(random, Role.class));
      case 22 -> roleCommand(random, id(random, 8, RoleId::new), text);
      case 23 -> groupCommand(random, id(random, 9, GroupId::new), text, userId);
      default ->
          switch (random.nextInt(3)) {
            case 0 -> new DisableUser(userId);
            case 1 -> new EnableUser(userId);
            default ->
                new ReviseUser(
                    userId,
                    Node.sealed(userId.value(), level),
                    Node.sealed(userId.value(), 2),
                    Examples.hash(pick(random, "a@b", "e@f")),
                    any(random, Role.class),
                    some(random, id(random, 8, RoleId::new)));
          };
    };
  }

  private static Command roleCommand(Random random, RoleId role, String text) {
    return switch (random.nextInt(4)) {
      case 0, 1 -> Examples.role(role, text, any(random, Permission.class));
      case 2 -> new ReviseRole(role, text, "", some(random, Permission.RISK_READ));
      default -> new WithdrawRole(role);
    };
  }

  private static Command groupCommand(Random random, GroupId group, String text, UserId member) {
    return switch (random.nextInt(6)) {
      case 0, 1 -> new CreateGroup(group, text, null);
      case 2 -> new RenameGroup(group, text, "S-1");
      case 3 -> new ChangeGroupMembers(group, some(random, member), some(random, member));
      case 4 -> new MapGroupRoles(group, some(random, id(random, 8, RoleId::new)));
      default -> new RemoveGroup(group);
    };
  }

  private static <T> T id(Random random, int kind, Function<UUID, T> type) {
    return type.apply(new UUID(kind, random.nextInt(2)));
  }

  /** The first ones are likelier, and those come first that are right. */
  private static String pick(Random random, String... values) {
    int index = random.nextInt(values.length);
    return values[Math.min(index, random.nextInt(1 + random.nextInt(values.length)))];
  }

  private static <E extends Enum<E>> E any(Random random, Class<E> type) {
    E[] values = type.getEnumConstants();
    return values[random.nextInt(values.length)];
  }

  private static <T extends Comparable<T>> SortedSet<T> some(Random random, T value) {
    return random.nextInt(3) == 0 ? new TreeSet<>(List.of(value)) : new TreeSet<>();
  }
}
