package io.varve.events.audit;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.BitSet;
import java.util.stream.IntStream;
import java.util.stream.LongStream;

/**
 * Which of the {@value #SIZE} numbers of a block are meant. Written as ascending offsets of two
 * bytes each (big-endian) while they are fewer than {@value #FEW}, else as {@value #BITMAP} bytes
 * of one bit each, the lowest offset first: the length tells which.
 */
public final class NumberBlock {

  public static final int SIZE = 1024;

  private static final int BITMAP = SIZE / Byte.SIZE;
  private static final int FEW = BITMAP / Short.BYTES;

  private final long[] bits;

  private NumberBlock(long[] bits) {
    this.bits = bits;
  }

  public static NumberBlock empty() {
    return new NumberBlock(new long[SIZE / Long.SIZE]);
  }

  /** Which block a number is in. */
  public static int of(long number) {
    return Math.toIntExact(number / SIZE);
  }

  /**
   * @throws IllegalArgumentException if it is nothing that {@link #encoded} gives
   */
  public static NumberBlock decode(byte[] encoded) {
    var block = empty();
    ByteBuffer bytes = ByteBuffer.wrap(encoded);
    if (encoded.length == BITMAP) {
      bytes.asLongBuffer().get(block.bits);
      for (int i = 0; i < block.bits.length; i++) {
        block.bits[i] = Long.reverse(block.bits[i]);
      }
      return block;
    }
    if (encoded.length % Short.BYTES != 0 || encoded.length > BITMAP) {
      throw new IllegalArgumentException("not a block of numbers");
    }
    while (bytes.hasRemaining()) {
      block.add(bytes.getShort());
    }
    return block;
  }

  public byte[] encoded() {
    int count = count();
    if (count >= FEW) {
      ByteBuffer bytes = ByteBuffer.allocate(BITMAP);
      for (long word : bits) {
        bytes.putLong(Long.reverse(word));
      }
      return bytes.array();
    }
    ByteBuffer bytes = ByteBuffer.allocate(count * Short.BYTES);
    offsets().forEach(offset -> bytes.putShort((short) offset));
    return bytes.array();
  }

  /** Means this number, too, of whatever block it is. */
  public void add(long number) {
    int offset = (int) (number % SIZE);
    bits[offset / Long.SIZE] |= 1L << offset;
  }

  /** Means all that another means, too. */
  public void addAll(NumberBlock other) {
    Arrays.setAll(bits, i -> bits[i] | other.bits[i]);
  }

  /** Means only what another means, too. */
  public void retainAll(NumberBlock other) {
    Arrays.setAll(bits, i -> bits[i] & other.bits[i]);
  }

  public int count() {
    return Arrays.stream(bits).mapToInt(Long::bitCount).sum();
  }

  /**
   * The numbers that are meant, ascending.
   *
   * @param block which block this is
   * @param from the first number that may be
   * @param to the first that may not
   */
  public LongStream numbers(int block, long from, long to) {
    return offsets()
        .mapToLong(offset -> (long) block * SIZE + offset)
        .filter(number -> number >= from && number < to);
  }

  private IntStream offsets() {
    return BitSet.valueOf(bits).stream();
  }
}
