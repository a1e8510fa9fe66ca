package io.varve.events.histories;

import io.varve.events.Json;
import io.varve.events.access.Role;
import io.varve.events.control.ControlId;
import io.varve.events.identity.UserId;
import io.varve.events.outcome.OutcomeId;
import io.varve.events.personal.Personal;
import io.varve.events.risk.RiskId;
import io.varve.events.source.Config;
import io.varve.events.source.SourceId;
import io.varve.events.tenancy.OrganizationId;
import io.varve.events.vendor.VendorId;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.UUID;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import tools.jackson.databind.node.ObjectNode;

/** Arbitrary values of single fields, each of which keeps the rules of that field. */
public final class Values {

  private Values() {}

  public static Arbitrary<UUID> uuids() {
    return Combinators.combine(Arbitraries.longs(), Arbitraries.longs()).as(UUID::new);
  }

  /** One line, never blank, with the characters that JSON, pointers and SQL find hard. */
  public static Arbitrary<String> lines() {
    return text(" /~\"'\\{}%_;$:").map(text -> text.isBlank() ? text + 'x' : text);
  }

  /** Text of no or many lines. */
  public static Arbitrary<String> prose() {
    return text(" /~\"'\\\n\t").injectDuplicates(0.1);
  }

  public static Arbitrary<String> slugs() {
    return Arbitraries.strings()
        .withCharRange('a', 'z')
        .withCharRange('0', '9')
        .withChars('_')
        .ofMinLength(1)
        .ofMaxLength(64);
  }

  /** Decimals of every scale that the rules allow, whole ones and trailing zeros among them. */
  public static Arbitrary<BigDecimal> decimals() {
    return Arbitraries.oneOf(
        Arbitraries.integers().between(-5, 105).map(BigDecimal::valueOf),
        Arbitraries.longs().map(BigDecimal::valueOf),
        Combinators.combine(
                Arbitraries.bigIntegers().between(ten(20).negate(), ten(20)),
                Arbitraries.integers().between(0, 20))
            .as(BigDecimal::new));
  }

  /** Shares from 0 to 1. */
  public static Arbitrary<BigDecimal> shares() {
    return Combinators.combine(
            Arbitraries.integers().between(0, 1_000), Arbitraries.integers().between(3, 20))
        .as((thousandths, scale) -> BigDecimal.valueOf(thousandths, 3).setScale(scale));
  }

  public static Arbitrary<Instant> instants() {
    return Arbitraries.longs()
        .between(0, Instant.parse("2100-01-01T00:00:00Z").getEpochSecond() * 1_000_000)
        .map(micros -> Instant.EPOCH.plus(micros, ChronoUnit.MICROS));
  }

  public static Arbitrary<Personal> personalOf(UUID subject) {
    return Arbitraries.bytes()
        .array(byte[].class)
        .ofMinSize(28)
        .ofMaxSize(40)
        .map(cipher -> Personal.of(subject, cipher));
  }

  public static Arbitrary<String> hashes() {
    return Arbitraries.strings().withCharRange('a', 'f').withCharRange('0', '9').ofLength(64);
  }

  public static Arbitrary<Boolean> flags() {
    return Arbitraries.of(true, false);
  }

  public static Arbitrary<Role> roles() {
    return Arbitraries.of(Role.class);
  }

  public static Arbitrary<Config> configs() {
    return Arbitraries.of(
            "{}",
            "{\"region\":\"eu-west-1\",\"pages\":12,\"since\":null}",
            "{\"a/b\":{\"~\":[1,2.50,\"x\",{}],\"\\u00e9\":true},\"big\":99999999999999999999}",
            "{\"filter\":{\"severity\":[\"high\",\"critical\"]},\"ratio\":0.10}")
        .map(text -> new Config(Json.read(text, ObjectNode.class)));
  }

  public static Arbitrary<String> urls() {
    return Arbitraries.of(
        "https://scanner.example/api/v2?since=2026-01-01",
        "http://10.0.0.7:8443",
        "https://xn--9ca.example/");
  }

  public static Arbitrary<UserId> users() {
    return uuids().map(UserId::new);
  }

  public static Arbitrary<RiskId> risks() {
    return uuids().map(RiskId::new);
  }

  public static Arbitrary<ControlId> controls() {
    return uuids().map(ControlId::new);
  }

  public static Arbitrary<OutcomeId> outcomes() {
    return uuids().map(OutcomeId::new);
  }

  public static Arbitrary<SourceId> sources() {
    return uuids().map(SourceId::new);
  }

  public static Arbitrary<VendorId> vendors() {
    return uuids().map(VendorId::new);
  }

  public static Arbitrary<OrganizationId> organizations() {
    return uuids().map(OrganizationId::new);
  }

  public static Arbitrary<String> techniques() {
    return Arbitraries.of("T1078", "T1078.004", "T1566", "T1190", "T1486");
  }

  public static <T extends Comparable<T>> Arbitrary<SortedSet<T>> sortedSets(Arbitrary<T> of) {
    return of.set().ofMaxSize(5).map(TreeSet::new);
  }

  private static Arbitrary<String> text(String awkward) {
    return Arbitraries.strings()
        .alpha()
        .withChars(awkward)
        .withChars('é', 'ß', '漢', 'ﬀ')
        .ofMaxLength(30);
  }

  private static BigInteger ten(int power) {
    return BigInteger.TEN.pow(power).subtract(BigInteger.ONE);
  }
}
