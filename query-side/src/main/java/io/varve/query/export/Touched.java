package io.varve.query.export;

import io.varve.evidence.ledger.Envelope;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.ObjLongConsumer;

/**
 * The streams that events were seen of, and the sequence of the last. Of each it keeps 40 bytes or
 * less, so that some millions of streams fit into a small heap. Not thread-safe.
 */
final class Touched {

  private final Map<String, Integer> kinds = new HashMap<>();
  private final List<String> names = new ArrayList<>();
  private long[] high = new long[1 << 10];
  private long[] low = new long[1 << 10];
  private int[] sequences = new int[1 << 10];

  /** From 1; 0 is a free place. */
  private byte[] kind = new byte[1 << 10];

  private int size;

  void add(Envelope event) {
    if (3 * size > 2 * kind.length) {
      grow();
    }
    int number = kinds.computeIfAbsent(event.stream(), this::newKind);
    UUID id = event.id();
    put(
        id.getMostSignificantBits(),
        id.getLeastSignificantBits(),
        (byte) number,
        Math.toIntExact(event.sequence()));
  }

  int size() {
    return size;
  }

  List<String> streams() {
    return List.copyOf(names);
  }

  /** The streams of a kind in the order of their ids, each with the sequence of its last event. */
  void each(String stream, ObjLongConsumer<UUID> consumer) {
    Integer number = kinds.get(stream);
    List<UUID> ids = new ArrayList<>();
    for (int at = 0; at < kind.length; at++) {
      if (number != null && kind[at] == number) {
        ids.add(new UUID(high[at], low[at]));
      }
    }
    ids.sort(null);
    for (UUID id : ids) {
      consumer.accept(
          id, sequences[place(id.getMostSignificantBits(), id.getLeastSignificantBits())]);
    }
  }

  private int newKind(String name) {
    names.add(name);
    if (names.size() > Byte.MAX_VALUE) {
      throw new IllegalStateException("too many kinds of streams");
    }
    return names.size();
  }

  private void put(long idHigh, long idLow, byte number, int sequence) {
    int at = place(idHigh, idLow);
    if (kind[at] == 0) {
      high[at] = idHigh;
      low[at] = idLow;
      kind[at] = number;
      size++;
    }
    sequences[at] = sequence;
  }

  private int place(long idHigh, long idLow) {
    int mask = kind.length - 1;
    long mixed = (idHigh ^ Long.rotateLeft(idLow, 32)) * 0x9E3779B97F4A7C15L;
    int at = (int) (mixed >>> 32) & mask;
    while (kind[at] != 0 && (high[at] != idHigh || low[at] != idLow)) {
      at = (at + 1) & mask;
    }
    return at;
  }

  private void grow() {
    long[] oldHigh = high;
    long[] oldLow = low;
    int[] oldSequences = sequences;
    byte[] oldKind = kind;
    int length = 2 * oldKind.length;
    high = new long[length];
    low = new long[length];
    sequences = new int[length];
    kind = new byte[length];
    size = 0;
    for (int at = 0; at < oldKind.length; at++) {
      if (oldKind[at] != 0) {
        put(oldHigh[at], oldLow[at], oldKind[at], oldSequences[at]);
      }
    }
  }
}
