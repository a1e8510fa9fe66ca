package io.varve.bench.audit;

import io.varve.bench.audit.TrailSeed.Customer;
import io.varve.query.audit.AuditFilter;
import io.varve.query.audit.AuditQuery;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What is asked of a trail. */
final class Questions {

  private final TrailSeed seed;
  private final Random random = new Random(3);

  /**
   * @param pagesBefore how many pages are read, untimed, before the one that is timed
   */
  record Question(UUID tenant, AuditQuery query, int pagesBefore) {}

  Questions(TrailSeed seed) {
    this.seed = seed;
  }

  Map<String, Supplier<Question>> kinds() {
    var kinds = new LinkedHashMap<String, Supplier<Question>>();
    kinds.put("newest", asking(c -> AuditFilter.ALL, 0));
    kinds.put("a day", asking(c -> filter(c, null, null, null, null, null, true), 0));
    kinds.put("one thing", asking(c -> filter(c, null, thing(c), null, null, null, false), 0));
    kinds.put("one request", asking(this::request, 0));
    kinds.put(
        "common type", asking(c -> filter(c, null, null, "kri.observed", null, null, false), 0));
    kinds.put(
        "rare type",
        asking(c -> filter(c, null, null, "control.techniques-mapped", null, null, false), 0));
    kinds.put("person", asking(c -> filter(c, person(c), null, null, null, null, false), 0));
    kinds.put("impersonator", asking(this::impersonator, 0));
    kinds.put("path", asking(c -> filter(c, null, null, null, "/current", null, false), 0));
    kinds.put("word", asking(c -> filter(c, null, null, null, null, seed.word(), false), 0));
    kinds.put(
        "three words",
        asking(
            c ->
                filter(
                    c,
                    null,
                    null,
                    null,
                    null,
                    seed.word() + " " + seed.word() + " " + seed.word(),
                    false),
            0));
    kinds.put(
        "person, type, path, time",
        asking(c -> filter(c, person(c), null, "risk.reassessed", "/likelihood", null, true), 0));
    kinds.put(
        "person, thing, word",
        asking(c -> filter(c, person(c), thing(c), null, null, "word0", false), 0));
    kinds.put(
        "common, never together",
        asking(c -> filter(c, null, null, "kri.observed", "/likelihood", null, false), 0));
    kinds.put(
        "page 20 of a person and a path",
        asking(c -> filter(c, person(c), null, null, "/current/value", null, false), 20));
    return kinds;
  }

  private Supplier<Question> asking(Function<Customer, AuditFilter> filter, int pagesBefore) {
    return () -> {
      Customer customer =
          random.nextBoolean()
              ? seed.customers().getFirst()
              : seed.customers().get(random.nextInt(TrailSeed.TENANTS));
      var query =
          new AuditQuery(
              filter.apply(customer), random.nextInt(4) > 0, AuditQuery.DEFAULT_LIMIT, null);
      return new Question(customer.tenant, query, pagesBefore);
    };
  }

  private AuditFilter filter(
      Customer customer,
      @Nullable UUID actor,
      @Nullable UUID id,
      @Nullable String type,
      @Nullable String path,
      @Nullable String text,
      boolean inTime) {
    Instant from = inTime ? customer.at(random.nextDouble() * 0.8) : null;
    Instant to = inTime ? customer.at(0.8 + random.nextDouble() * 0.2) : null;
    return new AuditFilter(from, to, actor, null, null, id, type, null, null, path, text);
  }

  private AuditFilter request(Customer customer) {
    String request =
        customer.requests.isEmpty()
            ? "none"
            : customer.requests.get(random.nextInt(customer.requests.size()));
    return new AuditFilter(null, null, null, null, null, null, null, request, null, null, null);
  }

  private AuditFilter impersonator(Customer customer) {
    return new AuditFilter(
        null, null, null, customer.operator, "kri", null, null, null, null, null, null);
  }

  private UUID person(Customer customer) {
    return customer.people.get(seed.rank(TrailSeed.PEOPLE));
  }

  private UUID thing(Customer customer) {
    return customer.things.get(random.nextInt(customer.things.size()));
  }
}
