package io.varve.evidence.bundle;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.varve.events.Json;
import io.varve.evidence.ledger.Envelope;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/**
 * A row of {@link BundleFile#EVENTS_CSV} (RFC 4180, UTF-8): what a line of {@link
 * BundleFile#EVENTS} says, for spreadsheets. A text that one of them could take for a formula
 * begins with an apostrophe.
 */
final class CsvRow {

  private static final String HEADER =
      "number,at,tenant,stream,id,sequence,eventId,type,revision,actorKind,actorId,"
          + "impersonatorKind,impersonatorId,request,via,reason,payload,diff\r\n";

  private CsvRow() {}

  static void header(Text to) {
    to.put(HEADER);
  }

  /**
   * @throws IllegalArgumentException if the provenance is no JSON object
   */
  static void write(Envelope event, Text to) {
    Provenance provenance = Provenance.of(event.provenance().utf8());
    to.put(event.number()).put(',').put(event.at()).put(',').put(event.tenant()).put(',');
    cell(event.stream(), to);
    to.put(event.id()).put(',').put(event.sequence()).put(',').put(event.eventId()).put(',');
    cell(event.type(), to);
    to.put(event.revision()).put(',');
    cell(event.actorKind(), to);
    to.put(event.actorId()).put(',');
    cell(event.impersonatorKind(), to);
    if (event.impersonatorId() != null) {
      to.put(event.impersonatorId());
    }
    to.put(',');
    cell(event.request(), to);
    cell(provenance.via, to);
    cell(provenance.reason, to);
    byte[] payload = event.payload().utf8();
    quoted(payload, 0, payload.length, to);
    to.put(',');
    quoted(event.provenance().utf8(), provenance.diffFrom, provenance.diffTo, to);
    to.put("\r\n");
  }

  /** A text and the comma after it. */
  private static void cell(@Nullable String text, Text to) {
    if (text == null || isWord(text)) {
      to.put(text == null ? "" : text).put(',');
      return;
    }
    byte[] bytes = text.getBytes(UTF_8);
    if (isPlain(bytes)) {
      to.put(bytes);
    } else {
      quoted(bytes, 0, bytes.length, to);
    }
    to.put(',');
  }

  /** As all names of our own are. */
  private static boolean isWord(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean letter = c >= 'a' && c <= 'z';
      if (!letter && (i == 0 || (c != '.' && c != '-'))) {
        return false;
      }
    }
    return true;
  }

  private static boolean isPlain(byte[] bytes) {
    for (byte b : bytes) {
      if (b < ' ' || b == '"' || b == ',') {
        return false;
      }
    }
    return bytes.length == 0 || !isFormula(bytes[0]);
  }

  private static void quoted(byte[] bytes, int from, int to, Text out) {
    out.put('"');
    if (to > from && isFormula(bytes[from])) {
      out.put('\'');
    }
    out.putDoubled(bytes, from, to - from).put('"');
  }

  /** OWASP's list of what begins a formula in some spreadsheet. */
  private static boolean isFormula(byte first) {
    return switch (first) {
      case '=', '+', '-', '@', '\t', '\r', '\n' -> true;
      default -> false;
    };
  }

  /** What a row shows of a provenance. */
  private static final class Provenance {

    private @Nullable String via;
    private @Nullable String reason;
    private int diffFrom;
    private int diffTo;

    static Provenance of(byte[] stored) {
      var found = new Provenance();
      try (JsonParser parser = Json.MAPPER.createParser(stored)) {
        if (parser.nextToken() != JsonToken.START_OBJECT) {
          throw new IllegalArgumentException("its provenance is no JSON object");
        }
        while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
          String name = parser.currentName();
          parser.nextToken();
          switch (name) {
            case "via" -> found.via = parser.getString();
            case "reason" -> found.reason = parser.getString();
            case "diff" -> {
              // The last member, and most of the text: there is no need to read it.
              found.diffFrom = (int) parser.currentTokenLocation().getByteOffset();
              found.diffTo = stored.length - 1;
              return found;
            }
            default -> parser.skipChildren();
          }
        }
        return found;
      } catch (JacksonException malformed) {
        throw new IllegalArgumentException("its provenance is not JSON", malformed);
      }
    }
  }
}
