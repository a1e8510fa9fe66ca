package io.varve.bench.audit;

import com.fasterxml.uuid.Generators;
import com.fasterxml.uuid.NoArgGenerator;
import io.varve.bench.Server;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.stream.IntStream;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;

/**
 * Lays down a trail that goes on where it stopped: tenants of very different sizes (the largest has
 * about a fifth of all events), people and words of which few are common and most are rare. Three
 * of four events are observations.
 */
final class TrailSeed {

  static final int TENANTS = 100;
  static final int PEOPLE = 20;
  private static final int THINGS = 200;
  private static final int VOCABULARY = 20_000;
  private static final int CHUNK = 1 << 20;
  private static final Instant START = Instant.parse("2025-01-01T00:00:00Z");
  private static final NoArgGenerator IDS = Generators.timeBasedEpochGenerator();

  private static final String COPY =
      """
      copy ledger.event (
        position, tenant_id, number, stream, id, sequence, event_id, type, revision, at,
        actor_kind, actor_id, impersonator_kind, impersonator_id, request, payload, provenance) from stdin
      """;

  private static final String HEAD =
      "update ledger.head set (position, at) = (select max(position), max(at) from ledger.event)";

  private static final String COUNTERS =
      """
      insert into ledger.counter as c (tenant_id, number)
      select tenant_id, max(number) from ledger.event group by tenant_id
          on conflict (tenant_id) do update set number = excluded.number
      """;

  private final Server server;
  private final Random random = new Random(1);
  private final List<Customer> customers =
      IntStream.range(0, TENANTS).mapToObj(i -> new Customer()).toList();
  private long position;

  /** A tenant of the trail. */
  static final class Customer {
    final UUID tenant = IDS.generate();
    final List<UUID> people = ids(PEOPLE);
    final UUID operator = IDS.generate();
    final List<UUID> things = ids(THINGS);
    private final long[] sequences = new long[THINGS];
    private long number;
    private String request = "";

    /** Some of the requests that there were. */
    final List<String> requests = new ArrayList<>();

    Instant at(double share) {
      return START.plusSeconds((long) (share * number));
    }

    private static List<UUID> ids(int count) {
      return IntStream.range(0, count).mapToObj(i -> IDS.generate()).toList();
    }
  }

  TrailSeed(Server server) {
    this.server = server;
  }

  /** From the largest to the smallest. */
  List<Customer> customers() {
    return customers;
  }

  /** Lays down more events, until there are so many. */
  void layUpTo(int events) throws Exception {
    try (Connection connection = server.connect()) {
      CopyIn copy = connection.unwrap(PGConnection.class).getCopyAPI().copyIn(COPY);
      var text = new StringBuilder();
      while (position < events) {
        line(text, customers.get(rank(TENANTS)));
        if (text.length() > CHUNK || position == events) {
          byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
          copy.writeToCopy(bytes, 0, bytes.length);
          text.setLength(0);
        }
      }
      copy.endCopy();
    }
    server.execute(HEAD, COUNTERS);
    server.settle();
  }

  /** Small numbers often, large ones rarely: about as the harmonic series. */
  int rank(int count) {
    return (int) Math.min(count - 1, Math.exp(random.nextDouble() * Math.log(count + 1)) - 1);
  }

  /** Some word of those that events have. */
  String word() {
    return "word" + rank(VOCABULARY);
  }

  private void line(StringBuilder text, Customer customer) {
    position++;
    customer.number++;
    int thing = random.nextInt(THINGS);
    String type = type(thing);
    if (customer.request.isEmpty() || random.nextInt(3) == 0) {
      customer.request = IDS.generate().toString();
      if (random.nextInt(50) == 0 && customer.requests.size() < 1000) {
        customer.requests.add(customer.request);
      }
    }
    UUID actor = customer.people.get(rank(PEOPLE));
    boolean impersonated = random.nextInt(100) == 0;
    text.append(position).append('\t').append(customer.tenant).append('\t').append(customer.number);
    text.append('\t').append(type, 0, type.indexOf('.')).append('\t');
    text.append(customer.things.get(thing)).append('\t').append(customer.sequences[thing]++);
    text.append('\t').append(IDS.generate()).append('\t').append(type).append("\t1\t");
    text.append(START.plusSeconds(customer.number)).append("\tuser\t").append(actor);
    text.append(impersonated ? "\tuser\t" + customer.operator : "\t\\N\t\\N");
    text.append('\t').append(customer.request).append("\t{\"value\":1}\t{\"actor\":{\"kind\":");
    text.append("\"user\",\"id\":\"").append(actor).append("\"},");
    if (impersonated) {
      text.append("\"impersonator\":{\"kind\":\"user\",\"id\":\"");
      text.append(customer.operator).append("\"},");
    }
    text.append("\"via\":\"api\",\"request\":\"").append(customer.request).append("\",");
    text.append("\"diff\":[").append(diff(type)).append("]}\n");
  }

  /** Of the two hundred things a hundred and fifty are KRIs. */
  private String type(int thing) {
    return switch (thing % 8) {
      case 6 -> random.nextInt(4) == 0 ? "risk.described" : "risk.reassessed";
      case 7 -> random.nextInt(1000) == 0 ? "control.techniques-mapped" : "control.assessed";
      default -> "kri.observed";
    };
  }

  private String diff(String type) {
    return switch (type) {
      case "kri.observed" ->
          change("/current/observation", IDS.generate())
              + ','
              + change("/current/value", random.nextInt(100))
              + (random.nextInt(8) == 0 ? ',' + change("/current/note", words(6)) : "");
      case "risk.reassessed" ->
          change("/likelihood", random.nextInt(5)) + ',' + change("/impact", random.nextInt(5));
      case "risk.described" -> change("/title", words(5)) + ',' + change("/description", words(30));
      case "control.assessed" -> change("/effectiveness", random.nextInt(100));
      default -> change("/techniques", words(2));
    };
  }

  private String words(int count) {
    var words = new StringBuilder();
    for (int i = 0; i < count; i++) {
      words.append(words.isEmpty() ? "" : " ").append(word());
    }
    return words.toString();
  }

  private static String change(String path, Object to) {
    String value = to instanceof Integer ? to.toString() : "\"" + to + "\"";
    return "{\"path\":\"" + path + "\",\"to\":" + value + "}";
  }
}
