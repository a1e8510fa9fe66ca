package io.varve.evidence.bundle;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.util.Objects.requireNonNull;

import io.varve.events.Json;
import io.varve.evidence.ledger.Envelope;
import io.varve.evidence.ledger.StoredJson;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/**
 * A line of {@link BundleFile#EVENTS}: the envelope of an event, and its payload and provenance
 * byte for byte as they are stored. There is one way to write an event, so what is read is written
 * again and compared.
 */
final class EventLine {

  private static final byte[] ID = "\"id\":\"".getBytes(ISO_8859_1);

  private EventLine() {}

  /**
   * Writes a line, its newline included.
   *
   * @throws IllegalArgumentException if the stored JSON has a line break of its own
   */
  static void write(Envelope event, Text to) {
    to.put("{\"number\":").put(event.number());
    to.put(",\"tenant\":\"").put(event.tenant());
    to.put("\",\"stream\":").putJson(event.stream());
    to.put(",\"id\":\"").put(event.id());
    to.put("\",\"sequence\":").put(event.sequence());
    to.put(",\"eventId\":\"").put(event.eventId());
    to.put("\",\"type\":").putJson(event.type());
    to.put(",\"revision\":").put(event.revision());
    to.put(",\"at\":\"").put(event.at());
    to.put("\",\"actor\":");
    actor(event.actorKind(), event.actorId(), to);
    if (event.impersonatorKind() != null && event.impersonatorId() != null) {
      to.put(",\"impersonator\":");
      actor(event.impersonatorKind(), event.impersonatorId(), to);
    }
    if (event.request() != null) {
      to.put(",\"request\":").putJson(event.request());
    }
    to.put(",\"payload\":").put(event.payload().utf8());
    to.put(",\"provenance\":").put(event.provenance().utf8()).put("}\n");
  }

  /**
   * Reads a line, without its newline.
   *
   * @param again room to write it in again
   * @throws IllegalArgumentException saying in what it is not of the form
   */
  static Envelope read(byte[] line, Text again) {
    Envelope event = parse(line);
    again.clear();
    write(event, again);
    int length = again.length() - 1;
    if (again.bytes()[length] != '\n'
        || !Arrays.equals(again.bytes(), 0, length, line, 0, line.length)) {
      throw new IllegalArgumentException("it is not written in the one way");
    }
    return event;
  }

  /** The stream of an event whose line is known to be of the form, without reading all of it. */
  static UUID id(byte[] line) {
    int at = 0;
    // No quote stands within a text without a backslash before it.
    while (!Arrays.equals(line, at, at + ID.length, ID, 0, ID.length)) {
      at++;
    }
    return UUID.fromString(new String(line, at + ID.length, 36, ISO_8859_1));
  }

  private static void actor(String kind, UUID id, Text to) {
    to.put("{\"kind\":").putJson(kind).put(",\"id\":\"").put(id).put("\"}");
  }

  /** Reads a line that is known to be of the form. */
  static Envelope parse(byte[] line) {
    try (JsonParser parser = Json.MAPPER.createParser(line)) {
      var found = new Found(line);
      found.read(parser);
      if (parser.nextToken() != null) {
        throw new IllegalArgumentException("something follows the event");
      }
      return found.envelope();
    } catch (JacksonException malformed) {
      throw new IllegalArgumentException("it is not JSON", malformed);
    } catch (DateTimeParseException malformed) {
      throw new IllegalArgumentException("its time is none", malformed);
    }
  }

  /** The members of a line, as they come. */
  private static final class Found {

    private final byte[] line;
    private long number = -1;
    private @Nullable UUID tenant;
    private @Nullable String stream;
    private @Nullable UUID id;
    private long sequence = -1;
    private @Nullable UUID eventId;
    private @Nullable String type;
    private int revision = -1;
    private @Nullable Instant at;
    private @Nullable Who actor;
    private @Nullable Who impersonator;
    private @Nullable String request;
    private @Nullable StoredJson payload;
    private @Nullable StoredJson provenance;

    private record Who(String kind, UUID id) {}

    Found(byte[] line) {
      this.line = line;
    }

    void read(JsonParser parser) {
      require(parser.nextToken() == JsonToken.START_OBJECT, "it is no JSON object");
      while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
        String name = parser.currentName();
        parser.nextToken();
        member(name, parser);
      }
    }

    private void member(String name, JsonParser parser) {
      switch (name) {
        case "number" -> number = whole(parser);
        case "tenant" -> tenant = uuid(parser);
        case "stream" -> stream = text(parser);
        case "id" -> id = uuid(parser);
        case "sequence" -> sequence = whole(parser);
        case "eventId" -> eventId = uuid(parser);
        case "type" -> type = text(parser);
        case "revision" -> revision = Math.toIntExact(whole(parser));
        case "at" -> at = Instant.parse(text(parser));
        case "actor" -> actor = who(parser);
        case "impersonator" -> impersonator = who(parser);
        case "request" -> request = text(parser);
        case "payload" -> payload = stored(parser);
        case "provenance" -> provenance = stored(parser);
        default -> throw new IllegalArgumentException("it has a member that no event has");
      }
    }

    private Who who(JsonParser parser) {
      require(parser.currentToken() == JsonToken.START_OBJECT, "an actor is no object");
      String kind = null;
      UUID actorId = null;
      while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
        String name = parser.currentName();
        parser.nextToken();
        if (name.equals("kind")) {
          kind = text(parser);
        } else if (name.equals("id")) {
          actorId = uuid(parser);
        } else {
          throw new IllegalArgumentException("an actor has a member that no actor has");
        }
      }
      return new Who(there(kind, "actor/kind"), there(actorId, "actor/id"));
    }

    private StoredJson stored(JsonParser parser) {
      require(parser.currentToken() == JsonToken.START_OBJECT, "what is stored is no object");
      int from = (int) parser.currentTokenLocation().getByteOffset();
      parser.skipChildren();
      int to = (int) parser.currentLocation().getByteOffset();
      return StoredJson.of(Arrays.copyOfRange(line, from, to));
    }

    Envelope envelope() {
      Who by = there(actor, "actor");
      Who behind = impersonator;
      require(number > 0, "it has no number");
      require(sequence >= 0, "it has no sequence");
      require(revision > 0, "it has no revision");
      return new Envelope(
          0,
          there(tenant, "tenant"),
          number,
          there(stream, "stream"),
          there(id, "id"),
          sequence,
          there(eventId, "eventId"),
          there(type, "type"),
          revision,
          there(at, "at"),
          by.kind(),
          by.id(),
          behind == null ? null : behind.kind(),
          behind == null ? null : behind.id(),
          request,
          there(payload, "payload"),
          there(provenance, "provenance"));
    }

    private static long whole(JsonParser parser) {
      require(parser.currentToken() == JsonToken.VALUE_NUMBER_INT, "a number is none");
      return parser.getLongValue();
    }

    private static String text(JsonParser parser) {
      require(parser.currentToken() == JsonToken.VALUE_STRING, "a text is none");
      return requireNonNull(parser.getString());
    }

    private static UUID uuid(JsonParser parser) {
      return UUID.fromString(text(parser));
    }

    private static <T> T there(@Nullable T value, String name) {
      if (value == null) {
        throw new IllegalArgumentException("it has no " + name);
      }
      return value;
    }

    private static void require(boolean held, String otherwise) {
      if (!held) {
        throw new IllegalArgumentException(otherwise);
      }
    }
  }
}
