package io.varve.web.demo;

import java.time.Instant;
import java.util.Random;
import java.util.UUID;

/** Chance that falls the same way each time, for the same seed and the same name. */
final class Dice {

  private final Random random;

  private Dice(long seed) {
    this.random = new Random(seed);
  }

  static Dice of(long seed, String name) {
    return new Dice(seed * 31 + name.hashCode());
  }

  /** From 0 to {@code sides - 1}. */
  int roll(int sides) {
    return random.nextInt(sides);
  }

  /** Whether what comes up so many times in a thousand has come up. */
  boolean permille(int times) {
    return roll(1_000) < times;
  }

  /** From the standard normal distribution. */
  double normal() {
    return random.nextGaussian();
  }

  /** A UUID of version 7 (RFC 9562), made at a time. */
  UUID id(Instant at) {
    long high = (at.toEpochMilli() << 16) | 0x7000 | roll(0x1000);
    long low = (random.nextLong() & 0x3fff_ffff_ffff_ffffL) | 0x8000_0000_0000_0000L;
    return new UUID(high, low);
  }
}
