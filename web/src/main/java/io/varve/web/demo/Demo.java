package io.varve.web.demo;

import static java.util.Objects.requireNonNull;

import io.varve.command.CommandSide;
import io.varve.command.Installation;
import io.varve.events.access.Role;
import io.varve.postgres.Database;
import io.varve.postgres.ledger.LedgerReader;
import io.varve.postgres.vault.Vault;
import io.varve.web.auth.Passwords;
import io.varve.web.demo.Act.By;
import io.varve.web.demo.Story.Customer;
import io.varve.web.demo.Story.Person;
import io.varve.web.mfa.Totp;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/**
 * Lays down a year of one partner and its three clients, with an insurer beside them, by the same
 * commands that people and sources send, with the clock set back. The same seed tells the same
 * story, but for identifiers of events, passwords and keys.
 */
final class Demo {

  private static final long SEED = 20_26;
  private static final String ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789";
  private static final int PASSWORD_CHARACTERS = 20;

  private final Database database;
  private final Vault vault;
  private final Passwords passwords;
  private final SecureRandom random = new SecureRandom();

  Demo(Database database, Vault vault, Passwords passwords) {
    this.database = database;
    this.vault = vault;
    this.passwords = passwords;
  }

  /** Whether nothing has happened in this installation. */
  boolean isLedgerEmpty() {
    return new LedgerReader(database).following(0, 1).isEmpty();
  }

  /**
   * Lays down the year that ends at an instant, in an empty ledger.
   *
   * @return whoever can sign in afterwards
   */
  List<Account> layDown(Instant end) throws InterruptedException {
    Story story = Story.read();
    var accounts = new ArrayList<Account>();
    var hashes = new HashMap<Person, CompletableFuture<String>>();
    var totps = new HashMap<Person, byte[]>();
    try (ExecutorService hashing = Executors.newVirtualThreadPerTaskExecutor()) {
      for (Who who : everybody(story)) {
        String password = password();
        hashes.put(
            who.person(), CompletableFuture.supplyAsync(() -> passwords.hash(password), hashing));
        byte[] totp = reachesOthers(who.person().role()) ? Totp.newSecret() : null;
        if (totp != null) {
          totps.put(who.person(), totp);
        }
        if (who.person().left() == null) {
          accounts.add(
              new Account(
                  who.person().role(),
                  who.tenant(),
                  who.person().email(),
                  password,
                  totp == null ? null : Totp.base32(totp)));
        }
      }
      lay(story, Year.before(end), hashes, totps);
    }
    return accounts;
  }

  private void lay(
      Story story,
      Year year,
      Map<Person, CompletableFuture<String>> hashes,
      Map<Person, byte[]> totps)
      throws InterruptedException {
    var timeline = new Timeline(year);
    var founding =
        new Founding(
            Installation.platform(database),
            year,
            timeline,
            vault,
            person -> requireNonNull(hashes.get(person)).join(),
            totps::get,
            Dice.of(SEED, "founding"));
    By operator = founding.platform(story.partner());
    By partner = founding.partner(story.partner(), operator);
    for (Customer customer : story.customers()) {
      Client client = founding.customer(customer, partner, SEED);
      new CustomerYear(client, story.baseline()).plan();
    }
    founding.insurer(story.insurer(), operator);
    List<Act> acts = timeline.inOrder();
    var clock = new SimulatedClock(acts.getFirst().at());
    try (CommandSide commandSide = new CommandSide(database, clock)) {
      new Laying(commandSide.commands(), clock, vault, Dice.of(SEED, "requests")).lay(acts);
    }
  }

  /** Those need a second factor. */
  private static boolean reachesOthers(Role role) {
    return role == Role.SUPERADMIN || role == Role.MASTER_ADMIN;
  }

  private record Who(Person person, @Nullable String tenant) {}

  private static List<Who> everybody(Story story) {
    var all = new ArrayList<Who>();
    all.add(new Who(story.partner().operator(), null));
    all.add(new Who(story.partner().admin(), null));
    all.add(new Who(story.insurer().admin(), null));
    all.add(new Who(story.insurer().underwriter(), null));
    for (Customer customer : story.customers()) {
      for (Person person : customer.people()) {
        all.add(new Who(person, customer.name()));
      }
    }
    return all;
  }

  private String password() {
    var password = new StringBuilder();
    for (int i = 0; i < PASSWORD_CHARACTERS; i++) {
      password.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
    }
    return password.toString();
  }
}
