package io.varve.web.demo;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.varve.command.StreamCommand;
import io.varve.command.identity.DisableUser;
import io.varve.command.identity.EnrolTotp;
import io.varve.command.identity.RegisterUser;
import io.varve.command.identity.SetUserMfaPolicy;
import io.varve.command.tenancy.CreateCarrier;
import io.varve.command.tenancy.CreateOrganization;
import io.varve.command.tenancy.CreateTenant;
import io.varve.command.tenancy.SetUpPlatform;
import io.varve.events.access.Permission;
import io.varve.events.identity.UserId;
import io.varve.events.personal.Personal;
import io.varve.events.provenance.Actor;
import io.varve.events.provenance.Via;
import io.varve.events.tenancy.CarrierId;
import io.varve.events.tenancy.Organization;
import io.varve.events.tenancy.OrganizationId;
import io.varve.events.tenancy.PlatformId;
import io.varve.events.tenancy.TenantId;
import io.varve.postgres.vault.Vault;
import io.varve.web.auth.EmailAddress;
import io.varve.web.demo.Act.By;
import io.varve.web.demo.Story.Customer;
import io.varve.web.demo.Story.Insurer;
import io.varve.web.demo.Story.Partner;
import io.varve.web.demo.Story.Person;
import java.time.Instant;
import java.time.LocalTime;
import java.util.HashMap;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Who is there: the platform, the partner, its clients, a carrier, and all who can sign in. */
final class Founding {

  private static final LocalTime OPENS = LocalTime.of(7, 40);
  private static final LocalTime JOINS = LocalTime.of(9, 5);
  private static final LocalTime LEAVES = LocalTime.of(16, 45);

  private final UUID platform;
  private final Year year;
  private final Timeline timeline;
  private final Vault vault;
  private final Passwords passwords;
  private final Totps totps;
  private final Dice dice;
  private final OrganizationId organization;
  private int visits;

  /** The hash of somebody's password. */
  @FunctionalInterface
  interface Passwords {
    String hashFor(Person person);
  }

  /** What is shared with the device of somebody who has a second factor. */
  @FunctionalInterface
  interface Totps {
    byte @Nullable [] secretFor(Person person);
  }

  Founding(
      UUID platform,
      Year year,
      Timeline timeline,
      Vault vault,
      Passwords passwords,
      Totps totps,
      Dice dice) {
    this.platform = platform;
    this.year = year;
    this.timeline = timeline;
    this.vault = vault;
    this.passwords = passwords;
    this.totps = totps;
    this.dice = dice;
    this.organization = new OrganizationId(dice.id(next(0)));
  }

  /**
   * Sets up the platform.
   *
   * @return its operator
   */
  By platform(Partner partner) {
    Person person = partner.operator();
    Instant at = next(0);
    UserId id = new UserId(dice.id(at));
    var first = new By(Actor.user(id.value()), Set.of(Permission.PLATFORM_WRITE), person.address());
    act(
        at,
        platform,
        first,
        "First start",
        () ->
            new SetUpPlatform(
                new PlatformId(platform),
                partner.platform(),
                id,
                seal(platform, id, person.name()),
                seal(platform, id, person.email()),
                EmailAddress.hash(vault, person.email()),
                credential(platform, person)));
    By operator = by(person, id);
    secure(platform, operator, person, id);
    return operator;
  }

  /**
   * Creates the partner.
   *
   * @return its administrator
   */
  By partner(Partner partner, By operator) {
    act(
        next(0),
        organization.value(),
        operator,
        "New partner",
        () ->
            new CreateOrganization(
                organization, partner.organization(), Organization.Kind.PARTNER));
    return register(next(0), organization.value(), operator, "New partner", partner.admin());
  }

  /** Creates a tenant and its users. */
  Client customer(Customer customer, By partner, long seed) {
    Instant at = next(customer.day());
    TenantId id = new TenantId(dice.id(at));
    act(
        at,
        id.value(),
        partner,
        "New client",
        () ->
            new CreateTenant(
                id, organization, customer.name(), customer.industry(), customer.size()));
    var people = new HashMap<String, By>();
    people.put("partner", partner);
    By inviting = partner;
    for (Person person : customer.people()) {
      Instant joined =
          person.joined() == null ? next(customer.day()) : year.at(person.joined(), JOINS);
      By registered = register(joined, id.value(), inviting, "New colleague", person);
      people.put(person.key(), registered);
      inviting = inviting.equals(partner) ? registered : inviting;
      if (person.left() != null) {
        leave(person.left(), id.value(), inviting, registered);
      }
    }
    return new Client(customer, id.value(), people, year, timeline, vault, seed);
  }

  /** Creates a carrier and its users. */
  void insurer(Insurer insurer, By operator) {
    Instant at = next(0);
    CarrierId id = new CarrierId(dice.id(at));
    act(at, id.value(), operator, "New carrier", () -> new CreateCarrier(id, insurer.name()));
    By admin = register(next(0), id.value(), operator, "New carrier", insurer.admin());
    register(next(0), id.value(), admin, "New colleague", insurer.underwriter());
  }

  private By register(Instant at, UUID home, By by, String reason, Person person) {
    UserId id = new UserId(dice.id(at));
    act(
        at,
        home,
        by,
        reason,
        () ->
            new RegisterUser(
                id,
                seal(home, id, person.name()),
                seal(home, id, person.email()),
                EmailAddress.hash(vault, person.email()),
                person.role(),
                new TreeSet<>(),
                credential(home, person)));
    secure(home, by, person, id);
    return by(person, id);
  }

  /** Whoever has a device has to use it. */
  private void secure(UUID home, By by, Person person, UserId id) {
    byte[] secret = totps.secretFor(person);
    if (secret != null) {
      act(
          next(0),
          home,
          by(person, id),
          "First sign-in",
          () -> new EnrolTotp(id, vault.keep(home, secret)));
      act(
          next(0),
          home,
          by,
          "Administrators need a second factor",
          () -> new SetUserMfaPolicy(id, true));
    }
  }

  private void leave(int day, UUID home, By by, By leaver) {
    UserId id = new UserId(leaver.actor().id());
    act(year.at(day, LEAVES), home, by, "Last working day", () -> new DisableUser(id));
  }

  private void act(
      Instant at, UUID tenant, By by, String reason, Supplier<@Nullable StreamCommand> command) {
    timeline.add(new Act(at, tenant, by, Via.UI, reason, command));
  }

  private Personal seal(UUID home, UserId id, String text) {
    return vault.seal(home, id.value(), text);
  }

  private UUID credential(UUID home, Person person) {
    return vault.keep(home, passwords.hashFor(person).getBytes(UTF_8));
  }

  private static By by(Person person, UserId id) {
    return new By(Actor.user(id.value()), person.role().permissions(), person.address());
  }

  /** A few minutes after whatever was founded before. */
  private Instant next(int day) {
    return year.at(day, OPENS).plusSeconds(visits++ * 240L + dice.roll(200));
  }
}
