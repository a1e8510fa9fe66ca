package io.varve.evidence.ledger;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.varve.evidence.merkle.Hash;
import io.varve.evidence.merkle.Merkle;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Arrays;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One event with all that is sealed of it: every column of the ledger but the position, which is
 * the installation's own business.
 *
 * <p>The leaf is, in this order and big-endian: the byte 1; tenant; number (8 bytes); stream; id;
 * sequence (8); event id; type; revision (4); the time in microseconds since 1970 (8); the kind and
 * the id of the actor; the kind and the id of the impersonator; the request; the SHA-256 of the
 * payload and that of the provenance, each of the bytes that are stored. A UUID is its 16 bytes. A
 * text is its length (2 bytes) and its UTF-8. Of the impersonator's two and the request, each is
 * preceded by a byte that is 1 if it is there and else 0.
 *
 * @param position its place among all events of the installation; not sealed
 * @param number its place among the events of its tenant, from 1
 * @param sequence its place in its stream, from 0
 * @param at in microseconds
 */
public record Envelope(
    long position,
    UUID tenant,
    long number,
    String stream,
    UUID id,
    long sequence,
    UUID eventId,
    String type,
    int revision,
    Instant at,
    String actorKind,
    UUID actorId,
    @Nullable String impersonatorKind,
    @Nullable UUID impersonatorId,
    @Nullable String request,
    StoredJson payload,
    StoredJson provenance) {

  private static final byte VERSION = 1;
  private static final byte ABSENT = 0;
  private static final byte PRESENT = 1;
  private static final int LONGEST_TEXT = 0xFFFF;

  /** What is hashed, and what anybody can make again who has the event. */
  public byte[] leafData() {
    var leaf = new Leaf();
    leaf.put(VERSION).put(tenant).put(number).put(stream).put(id).put(sequence).put(eventId);
    leaf.put(type).put(revision).put(microseconds());
    leaf.put(actorKind).put(actorId);
    leaf.putIfThere(impersonatorKind).putIfThere(impersonatorId).putIfThere(request);
    MessageDigest digest = sha256();
    return leaf.put(payload.hash(digest)).put(provenance.hash(digest)).bytes();
  }

  /** The leaf of its tenant's tree, at the index {@code number - 1}. */
  public Hash leafHash() {
    return Merkle.leaf(leafData());
  }

  private long microseconds() {
    return Math.addExact(Math.multiplyExact(at.getEpochSecond(), 1_000_000L), at.getNano() / 1_000);
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every Java has SHA-256", impossible);
    }
  }

  /** Bytes in the order in which they are put. */
  private static final class Leaf {

    private ByteBuffer buffer = ByteBuffer.allocate(384);

    Leaf putIfThere(@Nullable String text) {
      return text == null ? put(ABSENT) : put(PRESENT).put(text);
    }

    Leaf putIfThere(@Nullable UUID value) {
      return value == null ? put(ABSENT) : put(PRESENT).put(value);
    }

    Leaf put(byte value) {
      room(1).put(value);
      return this;
    }

    Leaf put(int value) {
      room(Integer.BYTES).putInt(value);
      return this;
    }

    Leaf put(long value) {
      room(Long.BYTES).putLong(value);
      return this;
    }

    Leaf put(UUID value) {
      return put(value.getMostSignificantBits()).put(value.getLeastSignificantBits());
    }

    Leaf put(String text) {
      byte[] bytes = text.getBytes(UTF_8);
      if (bytes.length > LONGEST_TEXT) {
        throw new IllegalArgumentException("a text of more than 65535 bytes");
      }
      room(Short.BYTES).putShort((short) bytes.length);
      return put(bytes);
    }

    Leaf put(byte[] bytes) {
      room(bytes.length).put(bytes);
      return this;
    }

    byte[] bytes() {
      return Arrays.copyOf(buffer.array(), buffer.position());
    }

    private ByteBuffer room(int bytes) {
      if (buffer.remaining() < bytes) {
        buffer = ByteBuffer.allocate(2 * (buffer.position() + bytes)).put(buffer.flip());
      }
      return buffer;
    }
  }
}
