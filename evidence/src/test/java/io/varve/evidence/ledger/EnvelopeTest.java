package io.varve.evidence.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class EnvelopeTest {

  private static final UUID ID = UUID.fromString("00010203-0405-0607-0809-0a0b0c0d0e0f");
  private static final UUID OTHER = UUID.fromString("f0010203-0405-0607-0809-0a0b0c0d0e0f");
  private static final Instant AT = Instant.parse("1970-01-01T00:00:01.000002Z");

  @Test
  void itsLeafIsWrittenAsDocumented() {
    String uuid = "000102030405060708090a0b0c0d0e0f";
    String nothing = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

    assertThat(
            HexFormat.of().formatHex(event(1, "r", 7, AT, "user", null, null, "", "").leafData()))
        .isEqualTo(
            "01"
                + uuid
                + "0000000000000001"
                + "000172"
                + uuid
                + "0000000000000007"
                + uuid
                + "000174"
                + "00000002"
                + "00000000000f4242"
                + "000475736572"
                + uuid
                + "000000"
                + nothing
                + nothing);
  }

  @Test
  void everyPartButThePositionChangesTheLeaf() {
    Set<Object> leaves = new HashSet<>();
    leaves.add(event(1, "r", 7, AT, "user", null, null, "{}", "{}").leafHash());
    leaves.add(event(2, "r", 7, AT, "user", null, null, "{}", "{}").leafHash());
    leaves.add(event(1, "rt", 7, AT, "user", null, null, "{}", "{}").leafHash());
    leaves.add(event(1, "r", 8, AT, "user", null, null, "{}", "{}").leafHash());
    leaves.add(event(1, "r", 7, AT.plusNanos(1000), "user", null, null, "{}", "{}").leafHash());
    leaves.add(event(1, "r", 7, AT, "system", null, null, "{}", "{}").leafHash());
    leaves.add(event(1, "r", 7, AT, "user", "user", null, "{}", "{}").leafHash());
    leaves.add(event(1, "r", 7, AT, "user", null, "user", "{}", "{}").leafHash());
    leaves.add(event(1, "r", 7, AT, "user", null, null, "{ }", "{}").leafHash());
    leaves.add(event(1, "r", 7, AT, "user", null, null, "{}", "{ }").leafHash());

    assertThat(leaves).hasSize(10);
    assertThat(at(5).leafHash()).isEqualTo(at(6).leafHash());
  }

  @Test
  void longTextsFit() {
    String text = "\u20ac".repeat(20_000);

    assertThat(event(1, text, 7, AT, "user", null, null, "{}", "{}").leafData())
        .hasSizeGreaterThan(60_000);
  }

  private static Envelope at(long position) {
    return new Envelope(
        position, ID, 1, "r", ID, 7, ID, "t", 2, AT, "user", ID, null, null, null, json(""),
        json(""));
  }

  private static Envelope event(
      long number,
      String stream,
      long sequence,
      Instant at,
      String actor,
      @Nullable String impersonator,
      @Nullable String request,
      String payload,
      String provenance) {
    return new Envelope(
        1,
        ID,
        number,
        stream,
        ID,
        sequence,
        ID,
        "t",
        2,
        at,
        actor,
        ID,
        impersonator,
        impersonator == null ? null : OTHER,
        request,
        json(payload),
        json(provenance));
  }

  private static StoredJson json(String text) {
    return StoredJson.of(text);
  }
}
