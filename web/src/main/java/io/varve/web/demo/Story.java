package io.varve.web.demo;

import io.varve.events.Json;
import io.varve.events.access.Role;
import io.varve.events.control.Control;
import io.varve.events.kri.Direction;
import io.varve.events.risk.Treatment;
import io.varve.events.source.Config;
import io.varve.events.source.Schedule;
import io.varve.events.source.Source;
import io.varve.events.tenancy.Tenant;
import io.varve.events.vendor.Vendor;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.LocalTime;
import java.util.List;
import java.util.SortedSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What the demo's year is told from: the words and numbers that stand as JSON beside this class.
 * Days count from the first of the year; things name each other by keys.
 *
 * @param baseline what the partner brings to each of its clients
 */
record Story(Baseline baseline, Partner partner, Insurer insurer, List<Customer> customers) {

  static Story read() {
    return new Story(
        read("baseline", Baseline.class),
        read("partner", Partner.class),
        read("insurer", Insurer.class),
        Stream.of("hospital", "manufacturer", "fintech")
            .map(name -> read(name, Customer.class))
            .toList());
  }

  record Baseline(List<ControlText> controls, List<Measure> measures) {}

  record ControlText(
      String slug,
      String title,
      String statement,
      String framework,
      SortedSet<String> techniques) {}

  /**
   * What a KRI measures.
   *
   * @param weekly how much less it is at the end of a week than in its middle
   * @param noise the standard deviation of its daily ups and downs
   */
  record Measure(
      String slug,
      String name,
      String description,
      String unit,
      BigDecimal warn,
      BigDecimal critical,
      Direction direction,
      int decimals,
      double min,
      double max,
      double weekly,
      double noise) {}

  record Partner(String platform, String organization, Person operator, Person admin) {}

  /** A carrier, which underwrites some of the customers. */
  record Insurer(String name, Person admin, Person underwriter) {}

  /**
   * A tenant's year.
   *
   * @param day on which it became the partner's client, a Monday
   */
  record Customer(
      String name,
      String industry,
      Tenant.Size size,
      int day,
      List<Person> people,
      List<VendorText> vendors,
      List<SourceText> sources,
      List<ControlUse> controls,
      List<RiskText> risks,
      List<OutcomeText> outcomes,
      List<KriUse> kris,
      List<Turn> turns) {}

  /**
   * Somebody who signs in.
   *
   * @param address from which, an IP address
   * @param joined the day, where it was not the tenant's first
   * @param left the day, where it came
   */
  record Person(
      String key,
      String name,
      String email,
      Role role,
      String address,
      @Nullable Integer joined,
      @Nullable Integer left) {}

  record VendorText(
      String key,
      String name,
      String category,
      int tier,
      String owner,
      SortedSet<String> dataElements,
      Vendor.Status status,
      Vendor.@Nullable Decision decision,
      @Nullable Integer day) {}

  /**
   * Where values come from.
   *
   * @param time of the day at which they are delivered, in UTC
   */
  record SourceText(
      String key,
      String name,
      Source.Kind kind,
      @Nullable String vendor,
      @Nullable String endpoint,
      Source.Auth auth,
      Schedule schedule,
      LocalTime time,
      Config config) {}

  /** A control of the baseline, as the tenant has it at first. */
  record ControlUse(
      String control,
      String owner,
      Control.Status status,
      BigDecimal effectiveness,
      @Nullable Integer day) {}

  /**
   * A risk and how it was judged.
   *
   * @param reviews likelihood and impact at the end of each quarter, written {@code 4x5}
   * @param up why it was judged higher
   * @param down why it was judged lower
   */
  record RiskText(
      String key,
      String title,
      String description,
      String category,
      String owner,
      int likelihood,
      int impact,
      Treatment treatment,
      List<String> controls,
      List<String> reviews,
      String up,
      String down,
      @Nullable Integer day) {}

  record OutcomeText(
      String key, String title, String description, String owner, List<String> risks) {}

  /**
   * A measure of the baseline, as the tenant observes it.
   *
   * @param area what part of the tenant it is about, where it is not about all of it
   * @param trend where it stood, at even distances over the year
   * @param until the last day with a value, where they ended
   */
  record KriUse(
      String measure,
      @Nullable String area,
      String source,
      List<String> risks,
      @Nullable String outcome,
      List<Double> trend,
      List<Spike> spikes,
      @Nullable Integer day,
      @Nullable Integer until,
      @Nullable BigDecimal warn,
      @Nullable BigDecimal critical) {}

  /**
   * An incident, as a KRI saw it.
   *
   * @param height by how much it moved the value on its first day
   * @param days until about a third of that was left
   * @param note what somebody remarked
   */
  record Spike(int day, double height, double days, @Nullable String by, @Nullable String note) {}

  /**
   * Something that somebody did on a day: what of it is absent stayed as it was.
   *
   * @param time where it matters; else some time in the office
   */
  record Turn(
      int day,
      @Nullable LocalTime time,
      String by,
      String reason,
      @Nullable ControlTurn control,
      @Nullable RiskTurn risk,
      @Nullable VendorTurn vendor,
      @Nullable SourceTurn source,
      @Nullable KriTurn kri,
      @Nullable OutcomeTurn outcome,
      @Nullable TenantTurn tenant) {}

  record ControlTurn(
      String key, Control.@Nullable Status status, @Nullable BigDecimal effectiveness) {}

  /**
   * A risk that was judged again, or closed or reopened.
   *
   * @param open what it is from then on; absent where that stayed as it was
   */
  record RiskTurn(
      String key,
      @Nullable Integer likelihood,
      @Nullable Integer impact,
      @Nullable Treatment treatment,
      @Nullable List<String> controls,
      @Nullable Boolean open) {}

  record VendorTurn(
      String key,
      @Nullable Integer tier,
      Vendor.@Nullable Status status,
      Vendor.@Nullable Decision decision) {}

  /**
   * A source that was paused or resumed, or that signs in with another secret.
   *
   * @param active what it is from then on; absent for another secret
   */
  record SourceTurn(String key, @Nullable Boolean active) {}

  record KriTurn(
      String key,
      @Nullable BigDecimal warn,
      @Nullable BigDecimal critical,
      @Nullable List<String> risks) {}

  record OutcomeTurn(String key, List<String> risks) {}

  record TenantTurn(Tenant.Size size) {}

  private static <T> T read(String name, Class<T> type) {
    try (InputStream json = Story.class.getResourceAsStream(name + ".json")) {
      if (json == null) {
        throw new IllegalStateException("the demo's " + name + " is missing");
      }
      return Json.read(new String(json.readAllBytes(), StandardCharsets.UTF_8), type);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
