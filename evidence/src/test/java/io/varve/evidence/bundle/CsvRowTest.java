package io.varve.evidence.bundle;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.varve.events.Json;
import io.varve.evidence.ledger.Envelope;
import io.varve.evidence.ledger.StoredJson;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How an event stands in a line and in a row. */
class CsvRowTest {

  private static final UUID ID = UUID.fromString("00010203-0405-0607-0809-0a0b0c0d0e0f");
  private static final Instant AT = Instant.parse("2026-02-28T23:59:59.00012Z");

  @ParameterizedTest
  @ValueSource(
      strings = {
        "=1+1",
        "+1",
        "-1",
        "@SUM(A1)",
        "\t=1",
        "\r=1",
        "\n=1",
        "=cmd|' /C calc'!A0,\"x\""
      })
  void noTextIsAFormula(String text) {
    assertThat(row(event(text, null)))
        .contains(",\"'" + text.replace("\"", "\"\"") + "\",api,")
        .endsWith(",[]\r\n".replace("[]", "\"[]\""));
    assertThat(row(event(null, text))).contains(",\"'" + text.replace("\"", "\"\"") + "\",\"{");
  }

  @Test
  void aRowSaysWhatTheLineSays() {
    assertThat(row(event("r-1", "quarterly, \"final\"")))
        .isEqualTo(
            "7,2026-02-28T23:59:59.000120Z,%s,risk,%s,3,%s,risk.closed,1,user,%s,,,r-1,api,"
                    .formatted(ID, ID, ID, ID)
                + "\"quarterly, \"\"final\"\"\",\"{\"\"a\"\":1}\",\"[]\"\r\n");
    var header = new Text();
    CsvRow.header(header);
    assertThat(new String(header.toBytes(), UTF_8).split(",", -1)).hasSize(18);
  }

  @Test
  void aLineReadIsTheEventThatWasWritten() {
    for (String text : new String[] {"r-1", "\"\\\u0001\n\u00e9\ud83d\ude00", ""}) {
      Envelope event = event(text, null);
      var line = new Text();
      EventLine.write(event, line);
      byte[] bytes = java.util.Arrays.copyOf(line.bytes(), line.length() - 1);
      assertThat(EventLine.read(bytes, new Text())).isEqualTo(event);
      assertThat(EventLine.id(bytes)).isEqualTo(ID);
      assertThat(
              Json.read(new String(bytes, UTF_8), tools.jackson.databind.JsonNode.class)
                  .get("request")
                  .stringValue())
          .isEqualTo(text);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{", "[]", "null", "{}", "{\"number\":1}", "{\"number\":\"1\"}"})
  void whatIsNoEventIsRefused(String line) {
    assertThatThrownBy(() -> EventLine.read(line.getBytes(UTF_8), new Text()))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static String row(Envelope event) {
    var row = new Text();
    CsvRow.write(event, row);
    return new String(row.toBytes(), UTF_8);
  }

  private static Envelope event(@Nullable String request, @Nullable String reason) {
    String said = reason == null ? "" : ",\"reason\":" + Json.write(reason);
    return new Envelope(
        0,
        ID,
        7,
        "risk",
        ID,
        3,
        ID,
        "risk.closed",
        1,
        AT,
        "user",
        ID,
        null,
        null,
        request,
        StoredJson.of("{\"a\":1}"),
        StoredJson.of("{\"via\":\"api\"%s,\"diff\":[]}".formatted(said)));
  }
}
