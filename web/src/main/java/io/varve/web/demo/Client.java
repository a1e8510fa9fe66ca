package io.varve.web.demo;

import io.varve.command.StreamCommand;
import io.varve.events.identity.UserId;
import io.varve.events.personal.Personal;
import io.varve.events.provenance.Via;
import io.varve.postgres.vault.Vault;
import io.varve.web.demo.Act.By;
import io.varve.web.demo.Story.Customer;
import java.time.Instant;
import java.time.LocalTime;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** One tenant while its year is planned: its people, and the things that it has by now. */
final class Client {

  private final Customer story;
  private final UUID tenant;
  private final Year year;
  private final Timeline timeline;
  private final Vault vault;
  private final long seed;
  private final Dice dice;
  private final Map<String, By> people;
  private final Map<String, UUID> things = new HashMap<>();

  Client(
      Customer story,
      UUID tenant,
      Map<String, By> people,
      Year year,
      Timeline timeline,
      Vault vault,
      long seed) {
    this.story = story;
    this.tenant = tenant;
    this.people = people;
    this.year = year;
    this.timeline = timeline;
    this.vault = vault;
    this.seed = seed;
    this.dice = dice(story.name());
  }

  Customer story() {
    return story;
  }

  UUID tenant() {
    return tenant;
  }

  Year year() {
    return year;
  }

  Dice dice() {
    return dice;
  }

  /** Chance of its own for one thing, so that no other thing moves when it does. */
  Dice dice(String thing) {
    return Dice.of(seed, story.name() + '/' + thing);
  }

  Vault vault() {
    return vault;
  }

  /** Who is responsible for security. */
  String lead() {
    return story.people().getFirst().key();
  }

  /** Who does the daily work. */
  String analyst() {
    return story.people().get(1).key();
  }

  By person(String key) {
    By person = people.get(key);
    if (person == null) {
      throw new IllegalArgumentException(story.name() + " has nobody called " + key);
    }
    return person;
  }

  UserId user(String key) {
    return new UserId(person(key).actor().id());
  }

  /** The address that somebody writes from, sealed. */
  @Nullable Personal addressOf(String key) {
    By person = person(key);
    return person.address() == null
        ? null
        : vault.seal(tenant, person.actor().id(), person.address());
  }

  /** A new thing's id. Its key is then known. */
  UUID begin(String key, Instant at) {
    UUID id = dice.id(at);
    if (things.put(key, id) != null) {
      throw new IllegalArgumentException(story.name() + " has two things called " + key);
    }
    return id;
  }

  UUID thing(String key) {
    UUID id = things.get(key);
    if (id == null) {
      throw new IllegalArgumentException(story.name() + " has nothing called " + key);
    }
    return id;
  }

  /**
   * A time in the first days, when one thing after the other was written down.
   *
   * @param day since the tenant became a client
   */
  Instant settingUp(int day, LocalTime from, int place) {
    return year.at(story.day() + day, from)
        .plusSeconds(place * 150L + dice.roll(120))
        .plusMillis(dice.roll(1_000));
  }

  /** When a thing was written down: on its day, or while setting up. */
  Instant begun(@Nullable Integer itsDay, int day, LocalTime from, int place) {
    return itsDay == null ? settingUp(day, from, place) : year.inTheOffice(itsDay, dice);
  }

  /** Somebody does something in the browser. */
  void act(Instant at, String by, String reason, Supplier<@Nullable StreamCommand> command) {
    act(at, person(by), Via.UI, reason, command);
  }

  void act(
      Instant at,
      By by,
      Via via,
      @Nullable String reason,
      Supplier<@Nullable StreamCommand> command) {
    timeline.add(new Act(at, tenant, by, via, reason, command));
  }
}
